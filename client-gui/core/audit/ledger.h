// SPDX-License-Identifier: MIT
#pragma once

#include "audit/came.h"
#include "audit/sends.h"
#include "audit/traced.h"
#include "frames/frame.h"
#include "protocol/commands.h"

#include <QSet>

#include <algorithm>
#include <set>

namespace parley::audit {

// What is known: of each mailbox, each SEND, each pane's connection, and what the trace told. It
// judges nothing. Moments are frame numbers.
class Ledger {
public:
    // This frame is at hand.
    void begin(const frames::Frame &);
    qint64 frame() const { return m_frame; }

    // Made when they are asked for first.
    Mailbox &mailbox(UserId);
    Connection &connection(int pane) { return m_connections[pane]; }
    // Null: nothing is known of it.
    const Mailbox *find(UserId) const;
    std::map<int, Connection> &connections() { return m_connections; }
    const Sending *sending(UserId sender, const QByteArray &clientId);
    const Traced &traced() const { return m_traced; }
    const Numbers &numbers() const { return m_numbers; }

    // See Auditor.
    void attempting(int pane);
    void setForeign(UserId user) { mailbox(user).isForeign = true; }
    void reset();

    void open(Connection &, const protocol::Hello &);
    void close(Connection &);
    // A command goes out.
    void ask(Connection &, const frames::Frame &);
    // The command that this reply answers, which is done with, as are those before it.
    template <class Reply> std::optional<Asked> take(Connection &connection, const Reply &reply)
    {
        if constexpr (requires(const Asked &asked) { answers(reply, asked); })
            return takeFirst(connection,
                std::ranges::find_if(
                    connection.asked, [&](const Asked &one) { return answers(reply, one); }));
        else
            return {};
    }
    // The seqs of this page have been given out.
    void growBy(Connection &, const protocol::Messages &);
    // Steps of the trace are missing before the next.
    void forgetTraced() { m_traced.forgetMessages(); }

    void learn(const Came<protocol::Hello> &);
    void learn(const Came<protocol::Sent> &);
    void learn(const Came<protocol::Message> &); // only that it was pushed; then:
    void learn(const Delivery &);
    void learn(const Came<protocol::Messages> &); // only that the page came
    void learn(const Came<protocol::Confirmed> &);
    void learn(const Came<protocol::Behind> &);
    void learn(const Came<protocol::Receipts> &);
    void learn(const Came<protocol::Tracked> &came) { raiseFence(came.connection, came.asked); }
    void learn(const Came<protocol::HeartbeatReply> &);
    void learn(const Came<protocol::StatusReply> &came) { raiseFence(came.connection, came.asked); }
    void learn(const Came<protocol::Error> &);
    void learn(const Came<protocol::GoAway> &) { }
    void learn(const protocol::TraceEvent &);

private:
    Asked askedBy(Connection &, const protocol::Command &);
    std::optional<Asked> takeFirst(Connection &, const std::deque<Asked>::iterator &found);
    void raiseFence(Connection &, const Asked *);

    Numbers m_numbers;
    std::map<UserId, Mailbox> m_mailboxes;
    std::map<int, Connection> m_connections; // by pane
    Sends m_sends;
    Traced m_traced;
    QSet<QByteArray> m_ownConnectionIds; // as HELLO told them
    std::set<UserId> m_unsure; // may have asked for more than is remembered
    qint64 m_frame = 0; // at hand
    qint64 m_atUs = 0;
};

} // namespace parley::audit
