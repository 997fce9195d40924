// SPDX-License-Identifier: MIT
// What is pushed, and what is in a message.
#include "audit/checks.h"

namespace parley::audit {
namespace {

using Feed = Connection::Feed;

// The seq that had to be pushed next is known.
bool isInLine(const Connection &connection)
{
    return connection.feed == Feed::Live && connection.next > Seq();
}

// The first push since a page made the connection live.
bool isFirstSincePage(const Connection &connection)
{
    return connection.feed == Feed::Live && connection.next == Seq();
}

bool isAnother(const Context &in, const Delivery &given)
{
    const protocol::Message &message = given.message;
    const Mailbox::Entry *known = in.mailbox(given.user).find(message.seq);
    return known && known->isKnown
        && (known->sender != message.sendUserId || known->clientId != message.clientId
            || (known->body && *known->body != fingerprint(message.body)));
}

// Null: it was sent elsewhere, or before it was watched.
const Sending *sendingOf(const Context &in, const Delivery &given)
{
    const Sending *sending = in.ledger.sending(given.message.sendUserId, given.message.clientId);
    return sending && !sending->isOlder ? sending : nullptr;
}

void reportMessage(const Context &in, const Delivery &given, const QString &text)
{
    const protocol::Message &message = given.message;
    in.report(given.user, message.seq,
        text.arg(in.nameOf(given.user, message.seq, message.clientId)), message.clientId);
}

} // namespace

void pushedWhileBehind(const Context &in, const Came<protocol::Message> &came)
{
    if (came.connection.feed == Feed::Behind)
        in.report(came.user(), came.reply.seq,
            Sentence::tr("%1 was pushed to a connection that is behind")
                .arg(in.nameOf(came.user(), came.reply.seq)));
}

void pushedAgain(const Context &in, const Came<protocol::Message> &came)
{
    const Connection &connection = came.connection;
    const Seq seq = came.reply.seq;
    const auto named = [&] { return in.nameOf(came.user(), seq); };
    if (isInLine(connection) && seq < connection.next)
        in.report(came.user(), seq,
            Sentence::tr("%1 was pushed again, or after #%2")
                .arg(named())
                .arg(connection.next.value() - 1));
    else if (isFirstSincePage(connection) && seq <= connection.floor)
        in.report(came.user(), seq,
            Sentence::tr("%1 was pushed though it is older than what was fetched").arg(named()));
}

void leftOut(const Context &in, const Came<protocol::Message> &came)
{
    const Seq next = came.connection.next;
    if (isInLine(came.connection) && came.reply.seq > next)
        in.report(came.user(), next,
            Sentence::tr("%1 was left out: #%2 was pushed before it")
                .arg(in.nameOf(came.user(), next))
                .arg(came.reply.seq.value()));
}

void passedOver(const Context &in, const Came<protocol::Message> &came)
{
    const Connection &connection = came.connection;
    const Seq seq = came.reply.seq;
    if (!isFirstSincePage(connection))
        return;
    Mailbox &box = in.mailbox(came.user());
    const Seq lost = box.firstOwed(connection.after.next(), Seq(seq.value() - 1), connection.page);
    if (lost == Seq())
        return;
    in.report(came.user(), lost,
        Sentence::tr("%1: accepted, but neither fetched nor pushed before #%2")
            .arg(in.nameOf(came.user(), lost))
            .arg(seq.value()));
    box.writeOff(lost);
}

void neverPushed(const Context &in, const Fence &fence)
{
    Connection &connection = fence.connection;
    if (connection.feed != Feed::Live || fence.frame == 0)
        return;
    const Mailbox &box = in.mailbox(connection.user);
    const bool isInLine = connection.next > Seq();
    for (Seq from = isInLine ? connection.next : connection.after.next();;) {
        const Seq missing = box.findFrom(from, [&](Seq seq, const Mailbox::Entry &entry) {
            if (entry.accepted == 0 || entry.accepted >= fence.frame
                || entry.acceptedUs > fence.byUs)
                return false;
            return isInLine || box.firstOwed(seq, seq, connection.page) == seq;
        });
        if (missing == Seq())
            return;
        in.report(connection.user, missing,
            Sentence::tr("%1: accepted, but never pushed to user %2's live connection")
                .arg(in.nameOf(connection.user, missing))
                .arg(connection.user.value()));
        connection.writeOff(missing);
        from = missing.next();
    }
}

void pageOutOfOrder(const Context &in, const Delivery &given)
{
    const Seq seq = given.message.seq;
    if (given.before && seq <= *given.before)
        in.report(given.user, seq,
            Sentence::tr("%1 comes after #%2 in one page")
                .arg(in.nameOf(given.user, seq))
                .arg(given.before->value()));
}

void otherThanSent(const Context &in, const Delivery &given)
{
    if (isAnother(in, given)) {
        reportMessage(
            in, given, Sentence::tr("%1 is another message than the one that had this seq before"));
        return;
    }
    const Sending *sending = sendingOf(in, given);
    if (sending && sending->wasSentTo(given.user) != false
        && sending->wasSent(given.user, fingerprint(given.message.body)) == false)
        reportMessage(
            in, given, Sentence::tr("%1 has a different text than the one that was sent"));
}

void sentToAnother(const Context &in, const Delivery &given)
{
    const Sending *sending = sendingOf(in, given);
    if (sending && sending->wasSentTo(given.user) == false && !isAnother(in, given))
        reportMessage(in, given, Sentence::tr("%1 was sent to another user"));
}

void deliveredThoughRefused(const Context &in, const Delivery &given)
{
    const Sending *sending = sendingOf(in, given);
    if (sending && sending->isRefused() && !isAnother(in, given)
        && sending->wasSent(given.user, fingerprint(given.message.body)) != false)
        reportMessage(in, given, Sentence::tr("%1 was refused with an ERROR, but was delivered"));
}

} // namespace parley::audit
