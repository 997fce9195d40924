// SPDX-License-Identifier: MIT
// What a mailbox shows: HELLO, pushes and pages.
#include "audit/judge.h"

#include "audit/judgetext.h"

#include <algorithm>

namespace parley::audit {
namespace {

constexpr int MostNamed = 20; // of one frame

} // namespace

void Judge::on(Line &line, const protocol::Hello &hello)
{
    Mailbox &box = mailbox(line.user);
    // Seen before this connection was begun, and so given out before its HELLO.
    const Seq gone = box.findFrom(hello.lastSeq.next(),
        [&](Seq, const Mailbox::Entry &entry) { return entry.firstSeen < line.attempted; });
    if (gone > Seq()) {
        report(Rule::WentBack, line.user, gone,
            Judgement::tr("%1 was seen, but the mailbox says that it never gave out more than #%2")
                .arg(nameOf(line.user, gone))
                .arg(hello.lastSeq.value()));
    }
    checkUnread(line.user, box, hello);
    if (hello.firstSeq > Seq() && box.wasConfirmedBefore(hello.firstSeq, line.attempted)) {
        report(Rule::CameBack, line.user, hello.firstSeq,
            Judgement::tr("%1 was confirmed, and is unread again")
                .arg(nameOf(line.user, hello.firstSeq)));
    }
    box.watchBehind(hello.lastSeq, hello.unreadCount);
    box.grow(hello.lastSeq);
    box.hasPane = true;
    line.feed = hello.unreadCount == 0 ? Line::Feed::Live : Line::Feed::Behind;
    line.next = hello.lastSeq.next();
}

// All up to lastSeq had been stored when the mailbox was counted; so this is certain however the
// frames of other connections lie.
void Judge::checkUnread(UserId user, Mailbox &box, const protocol::Hello &hello)
{
    const Seq before = hello.unreadCount > 0 && hello.firstSeq > Seq()
        ? Seq(hello.firstSeq.value() - 1)
        : hello.lastSeq;
    for (int named = 0; named < MostNamed; ++named) {
        const Seq lost = box.firstOwed(Seq(1), std::min(before, hello.lastSeq));
        if (lost == Seq() || (before == hello.lastSeq && hello.unreadCount > 0))
            break;
        report(Rule::Lost, user, lost,
            Judgement::tr("%1: accepted and not confirmed, but missing from the mailbox")
                .arg(nameOf(user, lost)));
        box.writeOff(lost);
    }
    const qint64 owed = box.countOwed(hello.lastSeq);
    if (hello.unreadCount > 0 && owed > hello.unreadCount) {
        const Seq first = box.firstOwed(Seq(1), hello.lastSeq);
        report(Rule::Lost, user, Seq(),
            Judgement::tr("User %1's mailbox holds %2 messages, but at least %3 from #%4 on were "
                          "accepted and not confirmed")
                .arg(user.value())
                .arg(hello.unreadCount)
                .arg(owed)
                .arg(first.value()));
    }
}

void Judge::on(Line &line, const protocol::Message &message)
{
    Mailbox &box = mailbox(line.user);
    checkOrder(line, box, message.seq);
    deliver(line.user, message);
}

void Judge::checkOrder(Line &line, Mailbox &box, Seq seq)
{
    const QString named = nameOf(line.user, seq);
    if (line.feed == Line::Feed::Behind) {
        report(Rule::Disorder, line.user, seq,
            Judgement::tr("%1 was pushed to a connection that is behind").arg(named));
        return;
    }
    if (line.feed != Line::Feed::Live)
        return;
    if (line.next > Seq() && seq < line.next) {
        report(Rule::PushedTwice, line.user, seq,
            Judgement::tr("%1 was pushed again, or behind #%2")
                .arg(named)
                .arg(line.next.value() - 1));
        return;
    }
    if (line.next > Seq() && seq > line.next) {
        report(Rule::NotPushed, line.user, line.next,
            Judgement::tr("%1 was left out: #%2 was pushed before it")
                .arg(nameOf(line.user, line.next))
                .arg(seq.value()));
    } else if (line.next == Seq()) {
        if (seq <= line.floor)
            report(Rule::PushedTwice, line.user, seq,
                Judgement::tr("%1 was pushed though it is older than what was fetched").arg(named));
        const Seq lost = box.firstOwed(line.after.next(), Seq(seq.value() - 1), line.page);
        if (lost > Seq()) {
            report(Rule::Lost, line.user, lost,
                Judgement::tr("%1: accepted, but neither fetched nor pushed before #%2")
                    .arg(nameOf(line.user, lost))
                    .arg(seq.value()));
            box.writeOff(lost);
        }
        line.page = Ranges();
    }
    line.next = std::max(line.next, seq.next());
    line.floor = Seq();
}

void Judge::on(Line &line, const protocol::Messages &page)
{
    const auto asked = take(line,
        [&](const Asked &one) { return one.what == Asked::What::Fetch && one.ref == page.ref; });
    if (asked)
        checkPage(line, page, *asked);
    Seq last;
    Ranges seqs;
    for (const protocol::Message &message : page.messages) {
        if (message.seq <= last)
            report(Rule::Disorder, line.user, message.seq,
                Judgement::tr("%1 comes behind #%2 in one page")
                    .arg(nameOf(line.user, message.seq))
                    .arg(last.value()));
        last = std::max(last, message.seq);
        seqs.add(message.seq);
        deliver(line.user, message);
    }
    if (!page.more && line.feed == Line::Feed::Behind) {
        line.feed = asked ? Line::Feed::Live : Line::Feed::Unknown;
        line.next = Seq();
        line.after = asked ? asked->after : Seq();
        line.floor = asked ? std::max(asked->top, last) : last;
        line.page = std::move(seqs);
    }
    fenced(line, asked);
}

void Judge::checkPage(Line &line, const protocol::Messages &page, const Asked &asked)
{
    Mailbox &box = mailbox(line.user);
    Ranges held;
    Seq last;
    for (const protocol::Message &message : page.messages) {
        held.add(message.seq);
        last = std::max(last, message.seq);
        if (message.seq <= asked.after)
            report(Rule::Disorder, line.user, message.seq,
                Judgement::tr("%1 is in a page of what comes after #%2")
                    .arg(nameOf(line.user, message.seq))
                    .arg(asked.after.value()));
        if (box.wasConfirmedBefore(message.seq, asked.frame))
            report(Rule::CameBack, line.user, message.seq,
                Judgement::tr("%1 was confirmed, and is unread again")
                    .arg(nameOf(line.user, message.seq)));
    }
    // Up to its last message the page is whole; so is the last page, for what was there when it
    // was asked for.
    box.grow(last);
    const Seq whole = page.more ? last : std::max(last, asked.top);
    for (int named = 0; named < MostNamed; ++named) {
        const Seq lost = box.firstOwed(asked.after.next(), whole, held);
        if (lost == Seq())
            break;
        report(Rule::Lost, line.user, lost,
            Judgement::tr("%1: accepted and not confirmed, but missing from the mailbox")
                .arg(nameOf(line.user, lost)));
        box.writeOff(lost);
    }
}

void Judge::deliver(UserId user, const protocol::Message &message)
{
    Mailbox &box = mailbox(user);
    checkContent(user, message, box.find(message.seq));
    Mailbox::Entry &entry = box.see(message.seq, m_frame);
    if (!entry.isKnown) {
        entry.isKnown = true;
        entry.sender = message.sendUserId;
        entry.clientId = message.clientId;
    }
    if (!entry.body)
        entry.body = fingerprint(message.body);
    box.deliver(entry, m_frame);
}

void Judge::checkContent(UserId user, const protocol::Message &message, const Mailbox::Entry *entry)
{
    const quint64 body = fingerprint(message.body);
    const QString named = nameOf(user, message.seq, message.clientId);
    if (entry && entry->isKnown
        && (entry->sender != message.sendUserId || entry->clientId != message.clientId
            || (entry->body && *entry->body != body))) {
        report(Rule::Changed, user, message.seq,
            Judgement::tr("%1 is another message than the one that had this seq before").arg(named),
            message.clientId);
        return;
    }
    Sending *sending =
        message.clientId.isNull() ? nullptr : m_sends.find(message.sendUserId, message.clientId);
    if (!sending || sending->isOlder)
        return; // somebody else's
    if (sending->wasSentTo(user) == false) {
        report(Rule::Misrouted, user, message.seq,
            Judgement::tr("%1 was sent to somebody else").arg(named), message.clientId);
    } else if (sending->wasSent(user, body) == false) {
        report(Rule::Changed, user, message.seq,
            Judgement::tr("%1 has another text than was sent").arg(named), message.clientId);
    } else if (sending->sends > 0 && sending->refused >= sending->sends && !sending->isAccepted) {
        report(Rule::RefusedYetDelivered, user, message.seq,
            Judgement::tr("%1 was refused with an ERROR, and is delivered nevertheless").arg(named),
            message.clientId);
    }
}

void Judge::on(Line &line, const protocol::Behind &behind)
{
    Mailbox &box = mailbox(line.user);
    // What was pushed here was in the mailbox already when this one could not be.
    const qint64 owed =
        line.feed == Line::Feed::Live && line.next > Seq() ? box.countOwed(line.next) : 0;
    if (owed > behind.unread) {
        report(Rule::Lost, line.user, Seq(),
            Judgement::tr("User %1 fell behind with %2 unread messages, but at least %3 were "
                          "accepted and not confirmed")
                .arg(line.user.value())
                .arg(behind.unread)
                .arg(owed));
    }
    line.feed = Line::Feed::Behind;
}

} // namespace parley::audit
