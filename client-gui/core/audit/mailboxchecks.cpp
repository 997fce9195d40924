// SPDX-License-Identifier: MIT
#include "audit/checks.h"

namespace parley::audit {
namespace {

constexpr int MostNamed = 20; // of one frame

QString unreadAgainText(const QString &named)
{
    return Sentence::tr("%1 was confirmed, and is unread again").arg(named);
}

// Names what must be in the mailbox between these and is not among what it holds.
void reportMissing(const Context &in, UserId user, Seq from, Seq to, const Ranges &held = {})
{
    Mailbox &box = in.mailbox(user);
    for (int named = 0; named < MostNamed; ++named) {
        const Seq lost = box.firstOwed(from, to, held);
        if (lost == Seq())
            return;
        in.report(user, lost,
            Sentence::tr("%1: accepted and not confirmed, but missing from the mailbox")
                .arg(in.nameOf(user, lost)));
        box.writeOff(lost);
    }
}

} // namespace

void lastSeqWentBack(const Context &in, const Came<protocol::Hello> &came)
{
    const Seq last = came.reply.lastSeq;
    // Seen before this connection was begun, and so given out before its HELLO.
    const Seq gone =
        in.mailbox(came.user()).findFrom(last.next(), [&](Seq, const Mailbox::Entry &entry) {
            return entry.firstSeen < came.connection.attempted;
        });
    if (gone > Seq())
        in.report(came.user(), gone,
            Sentence::tr("%1 was seen, but the mailbox says that it never gave out more than #%2")
                .arg(in.nameOf(came.user(), gone))
                .arg(last.value()));
}

// All up to lastSeq had been stored when the mailbox was counted; so this is certain however the
// frames of other connections lie.
void missingFromHello(const Context &in, const Came<protocol::Hello> &came)
{
    const protocol::Hello &hello = came.reply;
    const Mailbox &box = in.mailbox(came.user());
    const Seq before = hello.unreadCount > 0 && hello.firstSeq > Seq()
        ? Seq(hello.firstSeq.value() - 1)
        : hello.lastSeq;
    if (before != hello.lastSeq || hello.unreadCount == 0)
        reportMissing(in, came.user(), Seq(1), std::min(before, hello.lastSeq));
    const qint64 owed = hello.unreadCount > 0 ? box.countOwed(hello.lastSeq) : 0;
    if (owed > hello.unreadCount)
        in.report(came.user(), Seq(),
            Sentence::tr("User %1's mailbox holds %2 messages, but at least %3 from #%4 on were "
                         "accepted and not confirmed")
                .arg(came.user().value())
                .arg(hello.unreadCount)
                .arg(owed)
                .arg(box.firstOwed(Seq(1), hello.lastSeq).value()));
}

void unreadAgainInHello(const Context &in, const Came<protocol::Hello> &came)
{
    const Seq first = came.reply.firstSeq;
    if (first > Seq()
        && in.mailbox(came.user()).wasConfirmedBefore(first, came.connection.attempted))
        in.report(came.user(), first, unreadAgainText(in.nameOf(came.user(), first)));
}

void fetchedBeforeItsAfter(const Context &in, const Came<protocol::Messages> &came)
{
    if (!came.asked)
        return;
    for (const protocol::Message &message : came.reply.messages) {
        if (message.seq <= came.asked->after)
            in.report(came.user(), message.seq,
                Sentence::tr("%1 is in a page that should begin after #%2")
                    .arg(in.nameOf(came.user(), message.seq))
                    .arg(came.asked->after.value()));
    }
}

void unreadAgainInPage(const Context &in, const Came<protocol::Messages> &came)
{
    if (!came.asked)
        return;
    const Mailbox &box = in.mailbox(came.user());
    for (const protocol::Message &message : came.reply.messages) {
        if (box.wasConfirmedBefore(message.seq, came.asked->frame))
            in.report(
                came.user(), message.seq, unreadAgainText(in.nameOf(came.user(), message.seq)));
    }
}

// Up to its last message the page is whole; so is the last page, for what was there when it was
// asked for.
void missingFromPage(const Context &in, const Came<protocol::Messages> &came)
{
    if (!came.asked)
        return;
    Ranges held;
    Seq last;
    for (const protocol::Message &message : came.reply.messages) {
        held.add(message.seq);
        last = std::max(last, message.seq);
    }
    const Seq whole = came.reply.more ? last : std::max(last, came.asked->top);
    reportMissing(in, came.user(), came.asked->after.next(), whole, held);
}

void confirmedTooMany(const Context &in, const Came<protocol::Confirmed> &came)
{
    if (!came.asked || came.reply.removed <= came.asked->bounds.most)
        return;
    const Mailbox::Bounds &bounds = came.asked->bounds;
    in.report(came.user(), came.asked->confirm.upTo.value_or(bounds.last),
        Sentence::tr("A CONFIRM of user %1 removed %2 messages, but it could mean at most %3")
            .arg(came.user().value())
            .arg(came.reply.removed)
            .arg(bounds.most));
}

void missingWhenConfirmed(const Context &in, const Came<protocol::Confirmed> &came)
{
    if (!came.asked)
        return;
    const Mailbox::Bounds &bounds = came.asked->bounds;
    if (came.reply.removed >= std::min(bounds.least, bounds.most + 1))
        return;
    const Mailbox &box = in.mailbox(came.user());
    const bool wasAlone = came.asked->others == box.confirms - came.connection.confirms;
    if (!wasAlone || box.isForeign)
        return;
    const bool isOne = bounds.first == bounds.last || came.reply.removed == 0;
    in.report(came.user(), bounds.first,
        isOne ? Sentence::tr("%1: accepted, but its CONFIRM found nothing in the mailbox")
                    .arg(in.nameOf(came.user(), bounds.first))
              : Sentence::tr("Of #%1 to #%2 of user %3, %4 were no longer in the mailbox when they "
                             "were confirmed")
                    .arg(bounds.first.value())
                    .arg(bounds.last.value())
                    .arg(came.user().value())
                    .arg(bounds.least - came.reply.removed));
}

// What was pushed here was in the mailbox already when this one could not be.
void missingWhenBehind(const Context &in, const Came<protocol::Behind> &came)
{
    const Connection &connection = came.connection;
    if (connection.feed != Connection::Feed::Live || connection.next == Seq())
        return;
    const qint64 owed = in.mailbox(came.user()).countOwed(connection.next);
    if (owed > came.reply.unread)
        in.report(came.user(), Seq(),
            Sentence::tr("User %1 fell behind with %2 unread messages, but at least %3 were "
                         "accepted and not confirmed")
                .arg(came.user().value())
                .arg(came.reply.unread)
                .arg(owed));
}

} // namespace parley::audit
