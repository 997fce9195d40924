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

    void opened() const { tell(&ConnectionSteps::tellOpened); }
    void closed(quint16 closeCode) const { tell(&ConnectionSteps::tellClosed, closeCode); }
    void received(const protocol::Request &request) const
    {
        tell(&ConnectionSteps::tellReceived, request);
    }
    void routed(const protocol::Message &message) const
    {
        tell(&ConnectionSteps::tellRouted, message);
    }
    // `peer`, seq and clientId are those of the message that the reply is about, if there is one.
    void written(QByteArrayView cmd, UserId peer, Seq seq, const QByteArray &clientId) const
    {
        tell(&ConnectionSteps::tellWritten, cmd, peer, seq, clientId);
    }
    void refused(const protocol::Error &error) const { tell(&ConnectionSteps::tellRefused, error); }
    void fetched(const protocol::Messages &page) const
    {
        tell(&ConnectionSteps::tellFetched, page);
    }
    void presenceRead(bool isWatch) const { tell(&ConnectionSteps::tellPresenceRead, isWatch); }

private:
    // While nobody watches, a step costs a look at a flag.
    template <class Tell, class... What> void tell(Tell step, const What &...what) const
    {
        if (m_tracer.isOn())
            (this->*step)(what...);
    }
    void tellOpened() const;
    void tellClosed(quint16 closeCode) const;
    void tellReceived(const protocol::Request &) const;
    void tellRouted(const protocol::Message &) const;
    void tellWritten(QByteArrayView cmd, UserId peer, Seq, const QByteArray &clientId) const;
    void tellRefused(const protocol::Error &) const;
    void tellFetched(const protocol::Messages &) const;
    void tellPresenceRead(bool isWatch) const;
    protocol::TraceEvent step(protocol::TraceKind) const;

    trace::Tracer &m_tracer;
    const ConnectionId m_id;
    const UserId m_user;
};

} // namespace parley::chat
