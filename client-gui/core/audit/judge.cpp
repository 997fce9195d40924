// SPDX-License-Identifier: MIT
#include "audit/judge.h"

#include "audit/check.h"
#include "protocol/codec.h"

namespace parley::audit {

Judge::Judge(Findings::Report report)
    : m_findings(m_ledger, std::move(report))
{
}

template <class What> void Judge::check(const What &what)
{
    for (const Check &check : checks()) {
        if (const auto *look = std::get_if<Look<What>>(&check.look))
            (*look)({m_ledger, m_findings, check.rule}, what);
    }
}

void Judge::read(const frames::Frame &frame)
{
    m_ledger.begin(frame);
    Connection &connection = m_ledger.connection(frame.pane);
    const bool isText = !frame.isBinary && protocol::isUtf8(frame.payload);
    switch (frame.kind) {
    case frames::Kind::Sent:
        // Before HELLO nothing is known of the mailbox, not even whose it is.
        if (isText && connection.isOpen)
            m_ledger.ask(connection, frame);
        return;
    case frames::Kind::Received:
        if (isText)
            received(connection, frame);
        return;
    case frames::Kind::Opened:
        return;
    case frames::Kind::Ended:
        // A refusal may be of another connection than this one.
        if (!frames::isRefusal(frame) || !connection.isOpen)
            m_ledger.close(connection);
        return;
    }
}

void Judge::received(Connection &connection, const frames::Frame &frame)
{
    const auto reply = protocol::decodeReply(frame.payload);
    if (!reply)
        return;
    if (const auto *hello = std::get_if<protocol::Hello>(&*reply))
        m_ledger.open(connection, *hello);
    if (connection.isOpen)
        std::visit([&](const auto &one) { judge(connection, one); }, *reply);
}

template <class Reply> void Judge::judge(Connection &connection, const Reply &reply)
{
    const std::optional<Asked> asked = m_ledger.take(connection, reply);
    const Came<Reply> came{connection, reply, asked ? &*asked : nullptr};
    check(came);
    m_ledger.learn(came);
    if (!asked)
        return;
    if constexpr (std::is_same_v<Reply, protocol::HeartbeatReply>)
        check(Fence::ofHeartbeat(connection));
    else if constexpr (!std::is_same_v<Reply, protocol::Error>)
        check(Fence::ofStore(connection));
}

void Judge::judge(Connection &connection, const protocol::Message &message)
{
    const Came<protocol::Message> came{connection, message};
    check(came);
    m_ledger.learn(came);
    deliver({connection.user, message, {}});
}

void Judge::judge(Connection &connection, const protocol::Messages &page)
{
    const std::optional<Asked> asked = m_ledger.take(connection, page);
    const Came<protocol::Messages> came{connection, page, asked ? &*asked : nullptr};
    m_ledger.growBy(connection, page);
    check(came);
    Seq before;
    for (const protocol::Message &message : page.messages) {
        deliver({connection.user, message, before});
        before = std::max(before, message.seq);
    }
    m_ledger.learn(came);
    if (asked)
        check(Fence::ofStore(connection));
}

void Judge::deliver(const Delivery &given)
{
    check(given);
    m_ledger.learn(given);
}

void Judge::conclude()
{
    for (auto &[pane, connection] : m_ledger.connections()) {
        check(Fence::ofStore(connection));
        check(Fence::ofHeartbeat(connection));
    }
}

void Judge::reset()
{
    m_ledger.reset();
    m_findings.reset();
}

void Judge::read(const protocol::TraceEvent &event)
{
    if (event.dropped > 0)
        m_ledger.forgetTraced();
    check(event);
    m_ledger.learn(event);
}

} // namespace parley::audit
