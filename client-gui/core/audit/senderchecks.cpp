// SPDX-License-Identifier: MIT
#include "audit/checks.h"

namespace parley::audit {
namespace {

const Mailbox::Entry *entryOf(const Context &in, const protocol::Sent &sent)
{
    return in.mailbox(sent.receiveUserId).find(sent.seq);
}

bool isAnother(const Mailbox::Entry *known, const Came<protocol::Sent> &came)
{
    return known && known->isKnown
        && (known->sender != came.user() || known->clientId != came.reply.clientId);
}

// It has been accepted before, and is not told to be a duplicate.
bool isAgain(const Mailbox::Entry *known, const protocol::Sent &sent)
{
    return known && known->accepted > 0 && !sent.duplicate;
}

// What TRACK was asked about, as far as it was accepted here; null: nothing is known of it.
const Sending *trackedOf(const Context &in, const Came<protocol::Tracked> &came)
{
    const Sending *sending =
        came.asked ? in.ledger.sending(came.user(), came.reply.clientId) : nullptr;
    return sending && sending->isAccepted ? sending : nullptr;
}

QString unconfirmedText(const QString &named)
{
    return Sentence::tr("%1 is reported as confirmed, but nobody confirmed it").arg(named);
}

} // namespace

void keyAcceptedBefore(const Context &in, const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    const Sending *sending = in.ledger.sending(came.user(), sent.clientId);
    if (!sending || !sending->isKeptAt(sent.time))
        return;
    const bool isElsewhere = sending->seq != sent.seq || sending->receiver != sent.receiveUserId;
    if (!isElsewhere && (!sending->hadFirst || sent.duplicate))
        return;
    const QString named = in.nameOf(sent.receiveUserId, sent.seq, sent.clientId);
    in.report(sent.receiveUserId, sent.seq,
        isElsewhere ? Sentence::tr("%1 was accepted before, as #%2 of user %3")
                          .arg(named)
                          .arg(sending->seq.value())
                          .arg(sending->receiver.value())
                    : Sentence::tr("%1 was accepted before, and is stored again").arg(named),
        sent.clientId);
}

void seqOfAnother(const Context &in, const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    const Mailbox::Entry *known = entryOf(in, sent);
    if (isAnother(known, came) || (isAgain(known, sent) && sent.clientId.isNull()))
        in.report(sent.receiveUserId, sent.seq,
            Sentence::tr("%1 has the seq of another message")
                .arg(in.nameOf(sent.receiveUserId, sent.seq, sent.clientId)),
            sent.clientId);
}

void seqBelowTheTop(const Context &in, const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    if (!came.asked || sent.duplicate || sent.seq > came.asked->top)
        return;
    const Mailbox::Entry *known = entryOf(in, sent);
    if (isAnother(known, came) || isAgain(known, sent))
        return; // which is another rule's
    in.report(sent.receiveUserId, sent.seq,
        Sentence::tr("%1 was sent after the mailbox had given out #%2")
            .arg(in.nameOf(sent.receiveUserId, sent.seq, sent.clientId))
            .arg(came.asked->top.value()),
        sent.clientId);
}

void sentOutOfOrder(const Context &in, const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    const Seq given = came.connection.given.value(sent.receiveUserId);
    if (!sent.duplicate && sent.seq < given)
        in.report(sent.receiveUserId, sent.seq,
            Sentence::tr("%1 was sent after the message that became #%2")
                .arg(in.nameOf(sent.receiveUserId, sent.seq, sent.clientId))
                .arg(given.value()),
            sent.clientId);
}

void acceptedWithOtherText(const Context &in, const Came<protocol::Sent> &came)
{
    const protocol::Sent &sent = came.reply;
    if (!came.asked || !sent.clientId.isNull())
        return; // else its text is known by its key
    const Mailbox::Entry *known = entryOf(in, sent);
    if (known && known->body && *known->body != came.asked->body)
        in.report(sent.receiveUserId, sent.seq,
            Sentence::tr("%1 has a different text than the one that was sent")
                .arg(in.nameOf(sent.receiveUserId, sent.seq)));
}

void refusedAfterDelivery(const Context &in, const Came<protocol::Error> &came)
{
    if (!came.asked || came.asked->what != Asked::What::Send)
        return;
    const QByteArray &clientId = came.asked->clientId;
    const Sending *sending = in.ledger.sending(came.user(), clientId);
    if (!sending || !sending->isRefused(1) || came.reply.code == ErrorCode::IdReused)
        return;
    const UserId receiver = came.asked->receiver;
    const Seq seq = in.mailbox(receiver).findFrom(Seq(1), [&](Seq, const Mailbox::Entry &entry) {
        return entry.isKnown && entry.sender == came.user() && entry.clientId == clientId;
    });
    if (seq > Seq())
        in.report(receiver, seq,
            Sentence::tr("%1 was delivered, and then refused with an ERROR")
                .arg(in.nameOf(receiver, seq)));
}

void unknownToTrack(const Context &in, const Came<protocol::Tracked> &came)
{
    const Sending *sending = trackedOf(in, came);
    if (!sending || came.reply.state != protocol::TrackState::Unknown)
        return;
    const Mailbox::Entry *entry = in.mailbox(sending->receiver).find(sending->seq);
    if (entry && entry->accepted > 0 && entry->accepted < came.asked->frame)
        in.report(sending->receiver, sending->seq,
            Sentence::tr("%1: accepted, but TRACK does not know it")
                .arg(in.nameOf(sending->receiver, sending->seq)));
}

void trackedAsConfirmed(const Context &in, const Came<protocol::Tracked> &came)
{
    const Sending *sending = trackedOf(in, came);
    if (!sending || came.reply.state != protocol::TrackState::Confirmed)
        return;
    const Mailbox &box = in.mailbox(sending->receiver);
    if (box.hasPane && box.firstOwed(sending->seq, sending->seq) == sending->seq)
        in.report(sending->receiver, sending->seq,
            unconfirmedText(in.nameOf(sending->receiver, sending->seq)));
}

void trackedAsUnread(const Context &in, const Came<protocol::Tracked> &came)
{
    const Sending *sending = trackedOf(in, came);
    if (!sending || came.reply.state != protocol::TrackState::Unread)
        return;
    if (in.mailbox(sending->receiver).wasConfirmedBefore(sending->seq, came.asked->frame))
        in.report(sending->receiver, sending->seq,
            Sentence::tr("%1 was confirmed, and is unread again")
                .arg(in.nameOf(sending->receiver, sending->seq)));
}

void receiptForUnconfirmed(const Context &in, const Came<protocol::Receipts> &came)
{
    for (const protocol::Receipt &receipt : came.reply.receipts) {
        const Mailbox &box = in.mailbox(receipt.receiveUserId);
        if (box.hasPane && box.firstOwed(receipt.seq, receipt.seq) == receipt.seq)
            in.report(receipt.receiveUserId, receipt.seq,
                unconfirmedText(in.nameOf(receipt.receiveUserId, receipt.seq)));
    }
}

} // namespace parley::audit
