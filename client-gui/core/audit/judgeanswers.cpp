// SPDX-License-Identifier: MIT
// What answers a command of the sender, and CONFIRM.
#include "audit/judge.h"

#include "audit/judgetext.h"

#include <algorithm>
#include <limits>

namespace parley::audit {
namespace {

constexpr auto KeyIsKept = std::chrono::hours(24); // at least, by the contract
// A HEARTBEAT is answered without the store, and so may overtake a push that is being told to its
// gateway; not by so much.
constexpr qint64 BeatMarginUs = 1'000'000;

} // namespace

std::optional<Asked> Judge::take(Line &line, const std::function<bool(const Asked &)> &match)
{
    const auto found = std::ranges::find_if(line.asked, match);
    if (found == line.asked.end())
        return {};
    for (auto at = line.asked.begin(); at != found; ++at)
        passed(line, *at);
    Asked asked = std::move(*found);
    line.asked.erase(line.asked.begin(), std::next(found));
    return asked;
}

// Something behind it was answered: a CONFIRM that wanted no answer was carried out.
void Judge::passed(Line &line, const Asked &asked)
{
    if (asked.what == Asked::What::Confirm && asked.ref.isNull())
        mailbox(line.user).confirm(asked.confirm, asked.top, m_frame);
}

// Answered from the store: everything that was in it when the command went out has been pushed.
void Judge::fenced(Line &line, const std::optional<Asked> &asked)
{
    if (!asked)
        return;
    line.fence = std::max(line.fence, asked->frame);
    checkPushed(line, line.fence, std::numeric_limits<qint64>::max());
}

void Judge::checkPushed(Line &line, qint64 fence, qint64 beforeUs)
{
    if (line.feed != Line::Feed::Live || fence == 0)
        return;
    Mailbox &box = mailbox(line.user);
    const bool knowsNext = line.next > Seq();
    for (Seq from = knowsNext ? line.next : line.after.next();;) {
        const Seq missing = box.findFrom(from, [&](Seq seq, const Mailbox::Entry &entry) {
            if (entry.accepted == 0 || entry.accepted >= fence || entry.acceptedUs > beforeUs)
                return false;
            return knowsNext || box.firstOwed(seq, seq, line.page) == seq;
        });
        if (missing == Seq())
            return;
        report(Rule::NotPushed, line.user, missing,
            Judgement::tr("%1: accepted, but never pushed to user %2's live connection")
                .arg(nameOf(line.user, missing))
                .arg(line.user.value()));
        from = missing.next();
        if (knowsNext)
            line.next = from;
        else
            line.page.add(missing);
    }
}

void Judge::checkAllPushed(Line &line)
{
    checkPushed(line, line.fence, std::numeric_limits<qint64>::max());
    checkPushed(line, line.beat, line.beatUs);
}

void Judge::on(Line &line, const protocol::Sent &sent)
{
    const auto asked = take(line, [&](const Asked &one) {
        return one.what == Asked::What::Send && one.clientId == sent.clientId
            && one.receiver == sent.receiveUserId && one.ref == sent.ref;
    });
    checkKey(line, sent);
    checkSeq(line, sent, asked);
    Mailbox &box = mailbox(sent.receiveUserId);
    const bool isFirst = asked && !sent.duplicate;
    Mailbox::Entry &entry = box.see(sent.seq, m_frame, isFirst ? asked->frame : 0);
    if (!entry.isKnown) {
        entry.isKnown = true;
        entry.sender = line.user;
        entry.clientId = sent.clientId;
    }
    if (asked && sent.clientId.isNull()) { // else its text is known by its key
        if (entry.body && *entry.body != asked->body)
            report(Rule::Changed, sent.receiveUserId, sent.seq,
                Judgement::tr("%1 has another text than was sent")
                    .arg(nameOf(sent.receiveUserId, sent.seq)));
        entry.body = asked->body;
    }
    if (entry.accepted == 0) {
        entry.accepted = m_frame;
        entry.acceptedUs = m_atUs;
    }
    entry.isOwed = entry.isOwed || isFirst;
    if (isFirst)
        box.watchBehind(Seq(sent.seq.value() - 1), -1);
    fenced(line, asked);
}

// That the seq is a new one, unless it is told to be that of before.
void Judge::checkSeq(Line &line, const protocol::Sent &sent, const std::optional<Asked> &asked)
{
    const Mailbox::Entry *known = mailbox(sent.receiveUserId).find(sent.seq);
    const QString named = nameOf(sent.receiveUserId, sent.seq, sent.clientId);
    const bool isOther =
        known && known->isKnown && (known->sender != line.user || known->clientId != sent.clientId);
    const bool isAgain = known && known->accepted > 0 && !sent.duplicate && !isOther;
    if (isOther || (isAgain && sent.clientId.isNull())) {
        report(Rule::SeqGivenTwice, sent.receiveUserId, sent.seq,
            Judgement::tr("%1 has the seq of another message").arg(named), sent.clientId);
    } else if (asked && !sent.duplicate && sent.seq <= asked->top && !isAgain) {
        report(Rule::WentBack, sent.receiveUserId, sent.seq,
            Judgement::tr("%1 was sent when the mailbox had given out #%2 already")
                .arg(named)
                .arg(asked->top.value()),
            sent.clientId);
    }
    if (!sent.duplicate) {
        if (line.given.size() >= Line::MostReceivers)
            line.given.clear();
        Seq &given = line.given[sent.receiveUserId];
        if (sent.seq < given)
            report(Rule::Disorder, sent.receiveUserId, sent.seq,
                Judgement::tr("%1 was sent behind the message that became #%2")
                    .arg(named)
                    .arg(given.value()),
                sent.clientId);
        given = std::max(given, sent.seq);
    }
}

void Judge::checkKey(Line &line, const protocol::Sent &sent)
{
    if (sent.clientId.isNull())
        return;
    Sending &sending = m_sends.at(line.user, sent.clientId);
    if (sending.isAccepted && sent.time - sending.time >= KeyIsKept)
        sending.isAccepted = sending.hadFirst = false; // the key may be free again
    const QString named = nameOf(sent.receiveUserId, sent.seq, sent.clientId);
    if (sending.isAccepted && (sending.seq != sent.seq || sending.receiver != sent.receiveUserId)) {
        report(Rule::StoredTwice, sent.receiveUserId, sent.seq,
            Judgement::tr("%1 was accepted before, as #%2 of user %3")
                .arg(named)
                .arg(sending.seq.value())
                .arg(sending.receiver.value()),
            sent.clientId);
    } else if (sending.hadFirst && !sent.duplicate) {
        report(Rule::StoredTwice, sent.receiveUserId, sent.seq,
            Judgement::tr("%1 was accepted before, and is stored anew").arg(named), sent.clientId);
    }
    if (sent.duplicate && sending.sends <= 1 && !sending.isAccepted)
        sending.isOlder = true;
    sending.isAccepted = true;
    sending.receiver = sent.receiveUserId;
    sending.seq = sent.seq;
    sending.time = sent.time;
    sending.hadFirst = sending.hadFirst || !sent.duplicate;
}

void Judge::on(Line &line, const protocol::Confirmed &answer)
{
    const auto asked = take(line, [&](const Asked &one) {
        return one.what == Asked::What::Confirm && one.ref == answer.ref;
    });
    if (!asked)
        return;
    Mailbox &box = mailbox(line.user);
    const Mailbox::Bounds &bounds = asked->bounds;
    const bool wasAlone = asked->others == box.confirms - line.confirms;
    if (answer.removed > bounds.most) {
        report(Rule::RemovedTooMuch, line.user, asked->confirm.upTo.value_or(bounds.last),
            Judgement::tr("A CONFIRM of user %1 removed %2 messages, where at most %3 could be "
                          "meant")
                .arg(line.user.value())
                .arg(answer.removed)
                .arg(bounds.most));
    } else if (answer.removed < bounds.least && wasAlone && !box.isForeign) {
        const bool isOne = bounds.first == bounds.last || answer.removed == 0;
        report(Rule::Lost, line.user, bounds.first,
            isOne ? Judgement::tr("%1: accepted, but its CONFIRM found nothing in the mailbox")
                        .arg(nameOf(line.user, bounds.first))
                  : Judgement::tr("Of #%1 to #%2 of user %3, %4 were no longer in the mailbox when "
                                  "they were confirmed")
                        .arg(bounds.first.value())
                        .arg(bounds.last.value())
                        .arg(line.user.value())
                        .arg(bounds.least - answer.removed));
    }
    box.confirm(asked->confirm, asked->top, m_frame);
    fenced(line, asked);
}

void Judge::on(Line &, const protocol::Receipts &answer)
{
    for (const protocol::Receipt &receipt : answer.receipts) {
        Mailbox &box = mailbox(receipt.receiveUserId);
        if (!box.hasPane)
            box.isForeign = true; // they are connected elsewhere
        else if (const Seq seq = receipt.seq; box.firstOwed(seq, seq) == seq) {
            report(Rule::RemovedUnasked, receipt.receiveUserId, seq,
                Judgement::tr("%1 is told to be confirmed, and nobody confirmed it")
                    .arg(nameOf(receipt.receiveUserId, seq)));
        }
    }
}

void Judge::on(Line &line, const protocol::Tracked &answer)
{
    const auto asked = take(line, [&](const Asked &one) {
        return one.what == Asked::What::Track && one.ref == answer.ref
            && one.clientId == answer.clientId;
    });
    const Sending *sending = m_sends.find(line.user, answer.clientId);
    if (asked && sending && sending->isAccepted) {
        Mailbox &box = mailbox(sending->receiver);
        const Mailbox::Entry *entry = box.find(sending->seq);
        const QString named = nameOf(sending->receiver, sending->seq);
        if (answer.state == protocol::TrackState::Unknown && entry && entry->accepted > 0
            && entry->accepted < asked->frame)
            report(Rule::Lost, sending->receiver, sending->seq,
                Judgement::tr("%1: accepted, but TRACK does not know it").arg(named));
        if (answer.state == protocol::TrackState::Confirmed && box.hasPane
            && box.firstOwed(sending->seq, sending->seq) == sending->seq)
            report(Rule::RemovedUnasked, sending->receiver, sending->seq,
                Judgement::tr("%1 is told to be confirmed, and nobody confirmed it").arg(named));
        if (answer.state == protocol::TrackState::Unread
            && box.wasConfirmedBefore(sending->seq, asked->frame))
            report(Rule::CameBack, sending->receiver, sending->seq,
                Judgement::tr("%1 was confirmed, and is unread again").arg(named));
    }
    fenced(line, asked);
}

void Judge::on(Line &line, const protocol::HeartbeatReply &answer)
{
    const auto asked = take(line, [&](const Asked &one) {
        return one.what == Asked::What::Heartbeat && one.ref == answer.ref;
    });
    if (!asked)
        return;
    line.beat = asked->frame;
    line.beatUs = asked->atUs - BeatMarginUs;
    checkPushed(line, line.beat, line.beatUs);
}

void Judge::on(Line &line, const protocol::StatusReply &answer)
{
    if (answer.ref.isNull())
        return; // it may be a WATCH's news, which answers nothing
    fenced(line, take(line, [&](const Asked &one) {
        return (one.what == Asked::What::Status || one.what == Asked::What::Watch)
            && one.ref == answer.ref;
    }));
}

void Judge::on(Line &line, const protocol::Error &error)
{
    if (error.ref.isNull() && error.clientId.isNull()) {
        // It may be any of those that are as nameless; none of them is certain to be done.
        std::erase_if(line.asked,
            [](const Asked &one) { return one.what == Asked::What::Confirm && one.ref.isNull(); });
        return;
    }
    const auto asked = take(line, [&](const Asked &one) {
        return one.ref == error.ref && (error.clientId.isNull() || one.clientId == error.clientId);
    });
    if (!asked || asked->what != Asked::What::Send || asked->clientId.isNull())
        return;
    Sending *sending = m_sends.find(line.user, asked->clientId);
    if (!sending)
        return;
    ++sending->refused;
    if (error.code == ErrorCode::IdReused && !sending->isAccepted)
        sending->isOlder = true;
    if (sending->refused < sending->sends || sending->isAccepted || sending->isOlder)
        return;
    const UserId receiver = asked->receiver;
    const Seq seq = mailbox(receiver).findFrom(Seq(1), [&](Seq, const Mailbox::Entry &entry) {
        return entry.isKnown && entry.sender == line.user && entry.clientId == asked->clientId;
    });
    if (seq > Seq())
        report(Rule::RefusedYetDelivered, receiver, seq,
            Judgement::tr("%1 was delivered, and then refused with an ERROR")
                .arg(nameOf(receiver, seq)));
}

} // namespace parley::audit
