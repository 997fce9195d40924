// SPDX-License-Identifier: MIT
#include "gui/audit/story.h"

#include <utility>

namespace parley::test {

void Story::hello(int pane, qint64 user, qint64 unread, qint64 last, qint64 first)
{
    protocol::Hello hello;
    hello.userId = UserId(user);
    hello.connectionId = "c" + QByteArray::number(++m_connections);
    hello.unreadCount = unread;
    hello.lastSeq = Seq(last);
    hello.firstSeq = Seq(first > 0 ? first : unread > 0 ? last - unread + 1 : 0);
    reply(pane, hello);
}

void Story::page(const std::vector<qint64> &seqs, bool more, int pane)
{
    protocol::Messages messages;
    messages.more = more;
    messages.ref = ref(pane, m_refs[pane]);
    for (const qint64 seq : seqs)
        messages.messages.push_back(message(seq));
    reply(pane, messages);
}

void Story::step(protocol::TraceKind kind, qint64 user, qint64 peer, qint64 seq,
    const QByteArray &cmd, const QByteArray &connectionId)
{
    protocol::TraceEvent event;
    event.kind = kind;
    event.userId = UserId(user);
    event.peerUserId = UserId(peer);
    event.seq = Seq(seq);
    event.cmd = cmd;
    event.connectionId = connectionId;
    event.dropped = std::exchange(dropped, 0);
    auditor.read(event);
}

bool Story::found(audit::Rule rule, qint64 seq, qint64 mailbox) const
{
    const auto &findings = auditor.findings();
    tell();
    return findings.size() == 1 && findings[0].rule == rule && findings[0].seq == Seq(seq)
        && findings[0].mailbox == UserId(mailbox);
}

void Story::tell() const
{
    for (const audit::Finding &finding : auditor.findings())
        qInfo().noquote() << audit::headline(finding) << '-' << finding.text;
}

} // namespace parley::test
