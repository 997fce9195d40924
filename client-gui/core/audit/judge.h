// SPDX-License-Identifier: MIT
#pragma once

#include "audit/line.h"
#include "audit/sends.h"
#include "frames/frame.h"
#include "protocol/codec.h"
#include "protocol/trace.h"

#include <QSet>

#include <functional>
#include <set>
#include <tuple>

namespace parley::audit {

// Holds what was seen against the promises of the protocol. Says only what is certain from
// the order in which the frames were seen: what is received before a command goes out had happened
// before the server read that command, and a connection is answered in order. Frames of several
// connections tell nothing else of each other.
//
// Assumes that every connection of a user whose pane is seen is seen, unless told otherwise, or the
// trace or a RECEIPT shows others.
class Judge {
public:
    using Report = std::function<void(const Finding &)>;
    explicit Judge(Report);

    void read(const frames::Frame &);
    void read(const protocol::TraceEvent &);
    // See Auditor.
    void attempting(int pane);
    void setForeign(UserId);
    void settle();
    void reset();

    const Numbers &numbers() const { return m_numbers; }

private:
    Mailbox &mailbox(UserId);
    void sent(Line &, const frames::Frame &);
    void received(Line &, const frames::Frame &);
    Asked asking(Line &, const protocol::Command &);

    void on(Line &, const protocol::Hello &);
    void on(Line &, const protocol::Sent &);
    void on(Line &, const protocol::Message &);
    void on(Line &, const protocol::Messages &);
    void on(Line &, const protocol::Confirmed &);
    void on(Line &, const protocol::Behind &);
    void on(Line &, const protocol::Receipts &);
    void on(Line &, const protocol::Tracked &);
    void on(Line &, const protocol::HeartbeatReply &);
    void on(Line &, const protocol::StatusReply &);
    void on(Line &, const protocol::Error &);
    void on(Line &, const protocol::GoAway &) { }

    void checkUnread(UserId, Mailbox &, const protocol::Hello &);
    void checkKey(Line &, const protocol::Sent &);
    void checkSeq(Line &, const protocol::Sent &, const std::optional<Asked> &);
    void checkContent(UserId, const protocol::Message &, const Mailbox::Entry *);
    void checkOrder(Line &, Mailbox &, Seq pushed);
    void checkPage(Line &, const protocol::Messages &, const Asked &);
    void checkPushed(Line &, qint64 fence, qint64 beforeUs);
    void checkAllPushed(Line &);
    void deliver(UserId, const protocol::Message &);
    // The command that is answered, which is done with, as are those before it.
    std::optional<Asked> take(Line &, const std::function<bool(const Asked &)> &);
    void passed(Line &, const Asked &);
    void fenced(Line &, const std::optional<Asked> &);

    void traceStored(const protocol::TraceEvent &);
    void traceSeen(UserId mailbox, const protocol::TraceEvent &);
    void traceRemoved(const protocol::TraceEvent &);

    // "#9 of user 2 (clientId …)".
    QString nameOf(UserId mailbox, Seq, const QByteArray &clientId = {});
    void report(Rule, UserId mailbox, Seq, const QString &text, QByteArray clientId = {});

    const Report m_report;
    Numbers m_numbers;
    std::map<UserId, Mailbox> m_mailboxes;
    std::map<int, Line> m_lines;
    Sends m_sends;
    QSet<QByteArray> m_connections; // that are ours, as in HELLO
    std::set<UserId> m_unsure;
    qint64 m_frame = 0; // at hand
    qint64 m_atUs = 0;
    std::set<std::tuple<Rule, UserId, Seq>> m_reported;

    // Of the trace, which has an order of its own.
    struct Step {
        bool isStored = false;
        bool isSeen = false; // delivered, fetched or answered
        QByteArray clientId;
    };
    using Place = std::pair<UserId, Seq>;
    std::map<Place, Step> m_steps;
    std::deque<Place> m_stepOrder;
    std::map<UserId, qint64> m_tracedConfirms;
    Step &step(UserId mailbox, Seq);
};

} // namespace parley::audit
