// SPDX-License-Identifier: MIT
// What an auditor sees, told frame by frame. Pane 0 is user 1, pane 1 is user 2, and so on, unless
// a test says otherwise; texts are "m<seq>" and clientIds "c<seq>".
#pragma once

#include "audit/auditor.h"
#include "protocol/codec.h"

#include <map>

namespace parley::test {

class Story {
public:
    audit::Auditor auditor;

    void reply(int pane, const protocol::Reply &reply)
    {
        append(pane, frames::Kind::Received, protocol::encode(reply));
    }
    void command(int pane, const protocol::Command &command, const protocol::Ref &ref = {})
    {
        append(pane, frames::Kind::Sent, protocol::encode(protocol::Request{command, ref}));
    }
    void hello(int pane, qint64 user, qint64 unread, qint64 last, qint64 first = 0);
    // alice and bob are live.
    void begin()
    {
        hello(0, 1, 0, 0);
        hello(1, 2, 0, 0);
    }
    QByteArray connectionId() const { return "c" + QByteArray::number(m_connections); }
    void ends(int pane, int of = 1006) { m_log.append(frames::makeEnd(pane, {}, of, {}, m_us)); }

    static QByteArray id(qint64 seq) { return "c" + QByteArray::number(seq); }
    static QByteArray body(qint64 seq) { return "m" + QByteArray::number(seq); }
    // A SEND and what answers it.
    void sends(qint64 seq, int pane = 0, qint64 to = 2)
    {
        command(pane, protocol::Send{UserId(to), body(seq), id(seq)});
    }
    void stored(qint64 seq, int pane = 0, qint64 to = 2, bool duplicate = false)
    {
        storedAs(seq, id(seq), pane, to, duplicate);
    }
    void storedAs(
        qint64 seq, const QByteArray &clientId, int pane = 0, qint64 to = 2, bool duplicate = false)
    {
        reply(pane, protocol::Sent{clientId, UserId(to), Seq(seq), fromMs(1000), duplicate, {}});
    }
    void accepted(qint64 seq, int pane = 0, qint64 to = 2)
    {
        sends(seq, pane, to);
        stored(seq, pane, to);
    }
    static protocol::Message message(qint64 seq, qint64 from = 1)
    {
        return {Seq(seq), UserId(from), body(seq), fromMs(1000), id(seq)};
    }
    void pushed(qint64 seq, int pane = 1, qint64 from = 1) { reply(pane, message(seq, from)); }
    void pushes(qint64 from, qint64 to)
    {
        for (qint64 seq = from; seq <= to; ++seq) {
            accepted(seq);
            pushed(seq);
        }
    }
    void confirms(const std::vector<qint64> &seqs, int pane = 1)
    {
        protocol::Confirm confirm;
        for (const qint64 seq : seqs)
            confirm.seqs.emplace_back(seq);
        command(pane, confirm, ref(pane, ++m_refs[pane]));
    }
    void confirmsUpTo(qint64 seq, int pane = 1)
    {
        protocol::Confirm confirm;
        confirm.upTo = Seq(seq);
        command(pane, confirm, ref(pane, ++m_refs[pane]));
    }
    // Answers the pane's latest command with a ref.
    void confirmed(qint64 removed, int pane = 1)
    {
        reply(pane, protocol::Confirmed{removed, ref(pane, m_refs[pane])});
    }
    void fetches(int pane = 1, qint64 after = 0, int limit = 100)
    {
        command(pane, protocol::Fetch{Seq(after), limit}, ref(pane, ++m_refs[pane]));
    }
    void page(const std::vector<qint64> &seqs, bool more = false, int pane = 1);
    void asksStatus() { command(1, protocol::Status{{UserId(1)}}, ref(1, ++m_refs[1])); }
    void tellsStatus() { reply(1, protocol::StatusReply{{}, ref(1, m_refs[1])}); }
    void beats(int pane = 1) { command(pane, protocol::Heartbeat{}, "\"h\""); }
    void beatAnswered(int pane = 1) { reply(pane, protocol::HeartbeatReply{{}, "\"h\""}); }
    void passes(milliseconds time) { m_us += time.count() * 1000; }

    void step(protocol::TraceKind, qint64 user, qint64 peer = 0, qint64 seq = 0,
        const QByteArray &cmd = {}, const QByteArray &connectionId = {});
    qint64 dropped = 0; // steps before the next

    bool isGood() const { return auditor.verdict() == audit::Verdict::Good; }
    // Exactly this was found, about this message of that user.
    bool found(audit::Rule, qint64 seq, qint64 mailbox = 2) const;
    void tell() const;

    Story() { auditor.follow(m_log); }

private:
    static protocol::Ref ref(int pane, int number)
    {
        return "\"r" + QByteArray::number(pane) + '-' + QByteArray::number(number) + '"';
    }
    void append(int pane, frames::Kind kind, const QByteArray &payload)
    {
        m_log.append(frames::makeFrame(pane, kind, {}, payload, m_us += 1000));
    }

    frames::FrameLog m_log;
    qint64 m_us = 1'000'000'000;
    int m_connections = 0;
    std::map<int, int> m_refs;
};

} // namespace parley::test
