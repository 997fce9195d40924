// SPDX-License-Identifier: MIT
// The checks, each by itself. checks.cpp has the table of them; what they look for, finding.h.
#pragma once

#include "audit/check.h"

namespace parley::audit {

// What answers a sender.
void keyAcceptedBefore(const Context &, const Came<protocol::Sent> &);
void seqOfAnother(const Context &, const Came<protocol::Sent> &);
void seqBelowTheTop(const Context &, const Came<protocol::Sent> &);
void sentOutOfOrder(const Context &, const Came<protocol::Sent> &);
void acceptedWithOtherText(const Context &, const Came<protocol::Sent> &);
void refusedAfterDelivery(const Context &, const Came<protocol::Error> &);
void unknownToTrack(const Context &, const Came<protocol::Tracked> &);
void trackedAsConfirmed(const Context &, const Came<protocol::Tracked> &);
void trackedAsUnread(const Context &, const Came<protocol::Tracked> &);
void receiptForUnconfirmed(const Context &, const Came<protocol::Receipts> &);

// What a mailbox holds.
void lastSeqWentBack(const Context &, const Came<protocol::Hello> &);
void missingFromHello(const Context &, const Came<protocol::Hello> &);
void unreadAgainInHello(const Context &, const Came<protocol::Hello> &);
void fetchedBeforeItsAfter(const Context &, const Came<protocol::Messages> &);
void unreadAgainInPage(const Context &, const Came<protocol::Messages> &);
void missingFromPage(const Context &, const Came<protocol::Messages> &);
void confirmedTooMany(const Context &, const Came<protocol::Confirmed> &);
void missingWhenConfirmed(const Context &, const Came<protocol::Confirmed> &);
void missingWhenBehind(const Context &, const Came<protocol::Behind> &);

// What is pushed, and when.
void pushedWhileBehind(const Context &, const Came<protocol::Message> &);
void pushedAgain(const Context &, const Came<protocol::Message> &);
void leftOut(const Context &, const Came<protocol::Message> &);
void passedOver(const Context &, const Came<protocol::Message> &);
void neverPushed(const Context &, const Fence &);

// What is in a message, and where in its page.
void pageOutOfOrder(const Context &, const Delivery &);
void otherThanSent(const Context &, const Delivery &);
void sentToAnother(const Context &, const Delivery &);
void deliveredThoughRefused(const Context &, const Delivery &);

// What the trace tells.
void seenBeforeStored(const Context &, const protocol::TraceEvent &);
void storedUnderSeqOfAnother(const Context &, const protocol::TraceEvent &);
void removedUnconfirmed(const Context &, const protocol::TraceEvent &);

} // namespace parley::audit
