// SPDX-License-Identifier: MIT
#include "audit/checks.h"

namespace parley::audit {
namespace {

constexpr Check All[] = {
    {Rule::StoredTwice, &keyAcceptedBefore},
    {Rule::SeqGivenTwice, &seqOfAnother},
    {Rule::WentBack, &seqBelowTheTop},
    {Rule::Disorder, &sentOutOfOrder},
    {Rule::Changed, &acceptedWithOtherText},
    {Rule::RefusedYetDelivered, &refusedAfterDelivery},
    {Rule::Lost, &unknownToTrack},
    {Rule::RemovedUnasked, &trackedAsConfirmed},
    {Rule::CameBack, &trackedAsUnread},
    {Rule::RemovedUnasked, &receiptForUnconfirmed},

    {Rule::WentBack, &lastSeqWentBack},
    {Rule::Lost, &missingFromHello},
    {Rule::CameBack, &unreadAgainInHello},
    {Rule::Disorder, &fetchedBeforeItsAfter},
    {Rule::CameBack, &unreadAgainInPage},
    {Rule::Lost, &missingFromPage},
    {Rule::RemovedTooMuch, &confirmedTooMany},
    {Rule::Lost, &missingWhenConfirmed},
    {Rule::Lost, &missingWhenBehind},

    {Rule::Disorder, &pushedWhileBehind},
    {Rule::PushedTwice, &pushedAgain},
    {Rule::NotPushed, &leftOut},
    {Rule::Lost, &passedOver},
    {Rule::NotPushed, &neverPushed},

    {Rule::Disorder, &pageOutOfOrder},
    {Rule::Changed, &otherThanSent},
    {Rule::Misrouted, &sentToAnother},
    {Rule::RefusedYetDelivered, &deliveredThoughRefused},

    {Rule::BeforeStored, &seenBeforeStored},
    {Rule::SeqGivenTwice, &storedUnderSeqOfAnother},
    {Rule::RemovedUnasked, &removedUnconfirmed},
};

constexpr bool hasCheck(Rule rule)
{
    return std::ranges::any_of(All, [rule](const Check &check) { return check.rule == rule; });
}

constexpr bool hasEachACheck()
{
    for (int rule = 0; rule <= int(Rule::BeforeStored); ++rule) {
        if (!hasCheck(Rule(rule)))
            return false;
    }
    return true;
}
static_assert(hasEachACheck());

} // namespace

std::span<const Check> checks()
{
    return All;
}

} // namespace parley::audit
