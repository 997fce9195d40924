// SPDX-License-Identifier: MIT
// The steps of the trace: what it reports about a commit and about a connection.
#pragma once

#include "protocol/commands.h"
#include "protocol/replies.h"
#include "storage/batch.h"
#include "trace/tracer.h"

namespace parley::chat {

// As in HELLO.
QByteArray wireText(ConnectionId);

// Tells what this commit has done: `stored`, `confirmed` and `removed`, and `presence` where it was
// written. To be called once, on the storage thread, before any listener gets the batch: so
// `stored` comes before all steps that follow from it.
void tellCommit(trace::Tracer &, const storage::Batch &);

// Reports what one connection does; does nothing while the trace is off. On its gateway's thread.
class ConnectionSteps {
public:
    ConnectionSteps(trace::Tracer &tracer, ConnectionId id, UserId user)
        : m_tracer(tracer)
        , m_id(id)
        , m_user(user)
    {
    }

    void opened() const;
    void closed(quint16 closeCode) const;
    void received(const protocol::Request &) const;
    void routed(const protocol::Message &) const;
    // `peer`, seq and clientId are those of the message that the reply is about, if there is one.
    void written(QByteArrayView cmd, UserId peer, Seq, const QByteArray &clientId) const;
    void refused(const protocol::Error &) const;
    void fetched(const protocol::Messages &) const;
    void presenceRead(bool isWatch) const;

private:
    protocol::TraceEvent step(protocol::TraceKind) const;

    trace::Tracer &m_tracer;
    const ConnectionId m_id;
    const UserId m_user;
};

} // namespace parley::chat
