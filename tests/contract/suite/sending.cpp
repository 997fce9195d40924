// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::seqsOfAMailboxAreOneTwoThree()
{
    QCOMPARE(run(send(Alice, Bob, "a"), send(Carol, Bob, "b"), send(Alice, Carol, "c")),
        said("stored 1 +0 unread 1", "stored 2 +0 unread 2", "stored 1 +0 unread 1"));
    m_now += 5ms;
    QCOMPARE(run(send(Bob, Bob, "to themself")), said("stored 3 +5 unread 3"));
    QCOMPARE(run(send(Alice, Carol, "d"), send(Alice, Bob, "e")),
        said("stored 2 +5 unread 2", "stored 4 +5 unread 4"));
}

void StoreContract::seqsGoOnAfterReopen()
{
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"), send(Alice, Carol, "c"));
    reopen();
    QCOMPARE(run(send(Alice, Bob, "d"), send(Alice, Carol, "e")),
        said("stored 3 +0 unread 3", "stored 2 +0 unread 2"));
}

void StoreContract::seqsGoOnAfterEverythingWasRemoved()
{
    run(send(Alice, Bob, "a"), send(Alice, Bob, "b"), confirmUpTo(Bob, 2));
    QCOMPARE(run(send(Alice, Bob, "c"), confirm(Bob, {3}), send(Alice, Bob, "d")),
        said("stored 3 +0 unread 1", "removed [3 1>2 +0]", "stored 4 +0 unread 1"));
    run(confirmUpTo(Bob, 4));
    reopen();
    QCOMPARE(run(ReadMailbox{Bob}, send(Alice, Bob, "e")),
        said("mailbox 0 first 0 last 4", "stored 5 +0 unread 1"));
}

void StoreContract::aKeyIsStoredOnceInABatch()
{
    QCOMPARE(run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b", "k"), send(Alice, Bob, "c"),
                 send(Alice, Bob, "a", "k")),
        said("stored 1 +0 unread 1", "duplicate 1 +0", "stored 2 +0 unread 2", "duplicate 1 +0"));
    QCOMPARE(run(fetch(Bob)), said("fetched [1 1>2 key=k 'a' +0, 2 1>2 'c' +0] last 2"));
}

void StoreContract::aKeyIsStoredOnceForEver()
{
    run(send(Alice, Bob, "a", "k"));
    m_now += 1000ms;
    QCOMPARE(run(send(Alice, Bob, "a", "k"), confirm(Bob, {1}), send(Alice, Bob, "a", "k")),
        said("duplicate 1 +0", "removed [1 1>2 key=k +0]", "duplicate 1 +0"));
    m_now += m_limits.idempotency - 1000ms;
    QCOMPARE(run(Prune{100}, send(Alice, Bob, "a", "k"), ReadMailbox{Bob}),
        said("pruned 0", "duplicate 1 +0", "mailbox 0 first 0 last 1"));
}

void StoreContract::aKnownKeyIsAnsweredAfterReopen()
{
    run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b", "confirmed"), confirm(Bob, {2}));
    reopen();
    m_now += 7ms;
    QCOMPARE(run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b", "confirmed"),
                 send(Alice, Carol, "a", "k")),
        said("duplicate 1 +0", "duplicate 2 +0", "refused id_reused"));
}

void StoreContract::aKeyForAnotherReceiverIsRefused()
{
    const auto other = send(Alice, Carol, "a", "k");
    QCOMPARE(run(send(Alice, Bob, "a", "k"), other, send(Alice, Nobody, "a", "k"),
                 send(Alice, Alice, "a", "k")),
        said(
            "stored 1 +0 unread 1", "refused id_reused", "refused id_reused", "refused id_reused"));
    QCOMPARE(run(other, confirm(Bob, {1}), other, ReadMailbox{Carol}, send(Alice, Bob, "", "k")),
        said("refused id_reused", "removed [1 1>2 key=k +0]", "refused id_reused",
            "mailbox 0 first 0 last 0", "duplicate 1 +0"));
}

void StoreContract::keysBelongToTheirSender()
{
    QCOMPARE(run(send(Alice, Bob, "a", "k"), send(Carol, Bob, "b", "k"), send(Bob, Carol, "c", "k"),
                 send(Alice, Bob, "a", "k")),
        said("stored 1 +0 unread 1", "stored 2 +0 unread 2", "stored 1 +0 unread 1",
            "duplicate 1 +0"));
    QCOMPARE(run(send(Carol, Bob, "b", "k"), Track{Bob, "k"}),
        said("duplicate 2 +0", "tracked 1 >3 +0 unread"));
}

void StoreContract::messagesWithoutKeyAreAllStored()
{
    QCOMPARE(run(send(Alice, Bob, "a"), send(Alice, Bob, "a"), send(Alice, Carol, "a")),
        said("stored 1 +0 unread 1", "stored 2 +0 unread 2", "stored 1 +0 unread 1"));
    QCOMPARE(run(send(Alice, Bob, "a")), said("stored 3 +0 unread 3"));
    const auto outcomes = apply({fetch(Bob)});
    const auto *fetched = std::get_if<Fetched>(&outcomes[0]);
    QVERIFY(fetched && fetched->messages.size() == 3);
    QVERIFY(fetched->messages[0].clientId.isNull());
}

void StoreContract::aKnownKeyComesBeforeAnyRefusal()
{
    Limits limits;
    limits.mailboxMessages = 1;
    begin(limits);
    const auto again = send(Alice, Bob, "a", "k");
    QCOMPARE(run(again, refused(again, ErrorCode::TooLarge), again,
                 refused(send(Alice, Carol, "a", "k"), ErrorCode::RateLimited)),
        said("stored 1 +0 unread 1", "duplicate 1 +0", "duplicate 1 +0", "refused id_reused"));
    QCOMPARE(run(enable("bob", false), again, send(Alice, Bob, "new", "new"),
                 refused(again, ErrorCode::TooLarge)),
        said("changed", "duplicate 1 +0", "refused unknown_user", "duplicate 1 +0"));
}

void StoreContract::aRefusedMessageLeavesItsKeyFreeAndTakesNoSeq()
{
    Limits limits;
    limits.mailboxMessages = 2;
    begin(limits);
    const auto message = send(Alice, Bob, "a", "k");
    QCOMPARE(run(refused(message, ErrorCode::TooLarge), Track{Alice, "k"},
                 send(Alice, Nobody, "a", "k"), send(Alice, Disabled, "a", "k"), message),
        said("refused too_large", "unknown", "refused unknown_user", "refused unknown_user",
            "stored 1 +0 unread 1"));
    QCOMPARE(run(send(Carol, Bob, "b"), send(Alice, Bob, "c", "full"),
                 send(Alice, Carol, "c", "full"), send(Alice, Bob, "c", "full")),
        said("stored 2 +0 unread 2", "refused mailbox_full", "stored 1 +0 unread 1",
            "refused id_reused"));
    QCOMPARE(run(send(Alice, Bob, "d", "later"), confirm(Bob, {1}), send(Alice, Bob, "d", "later")),
        said("refused mailbox_full", "removed [1 1>2 key=k +0]", "stored 3 +0 unread 2"));
    QCOMPARE(run(refused(send(Alice, Carol, "e", "r"), ErrorCode::RateLimited)),
        said("refused rate_limited"));
    reopen();
    QCOMPARE(run(send(Alice, Carol, "e", "r")), said("stored 2 +0 unread 2"));
}

void StoreContract::aRefusalComesBeforeTheReceiver()
{
    QCOMPARE(run(refused(send(Alice, Nobody, "a"), ErrorCode::TooLarge),
                 refused(send(Alice, Disabled, "a", "k"), ErrorCode::RateLimited),
                 refused(send(Alice, Bob, "a"), ErrorCode::TooLarge), ReadMailbox{Bob}),
        said("refused too_large", "refused rate_limited", "refused too_large",
            "mailbox 0 first 0 last 0"));
}

void StoreContract::unknownAndDisabledReceiversAreRefused()
{
    QCOMPARE(run(send(Alice, Nobody, "a"), send(Alice, Disabled, "b")),
        said("refused unknown_user", "refused unknown_user"));
    QCOMPARE(run(enable("disabled", true), send(Alice, Disabled, "c"), enable("disabled", false),
                 send(Alice, Disabled, "d"), addUser(77, "nobody"), send(Alice, Nobody, "e")),
        said("changed", "stored 1 +0 unread 1", "changed", "refused unknown_user", "added 77",
            "stored 1 +0 unread 1"));
    QCOMPARE(run(fetch(Disabled), enable("disabled", true), send(Alice, Disabled, "f")),
        said("fetched [1 1>9 'c' +0] last 1", "changed", "stored 2 +0 unread 2"));
}

void StoreContract::aMailboxIsFullByCount()
{
    Limits limits;
    limits.mailboxMessages = 3;
    begin(limits);
    QCOMPARE(run(send(Alice, Bob, "1"), send(Carol, Bob, "2"), send(Alice, Bob, "3"),
                 send(Alice, Bob, "4"), send(Alice, Carol, "5")),
        said("stored 1 +0 unread 1", "stored 2 +0 unread 2", "stored 3 +0 unread 3",
            "refused mailbox_full", "stored 1 +0 unread 1"));
    QCOMPARE(run(send(Alice, Bob, "5"), confirm(Bob, {2, 3}), send(Alice, Bob, "6"),
                 send(Alice, Bob, "7"), send(Alice, Bob, "8")),
        said("refused mailbox_full", "removed [2 3>2 +0, 3 1>2 +0]", "stored 4 +0 unread 2",
            "stored 5 +0 unread 3", "refused mailbox_full"));
}

void StoreContract::aMailboxIsFullByBytes()
{
    Limits limits;
    limits.mailboxBytes = 10;
    begin(limits);
    QCOMPARE(run(send(Alice, Bob, "12345"), send(Alice, Bob, "123456"), send(Alice, Bob, "12345"),
                 send(Alice, Bob, ""), send(Alice, Bob, "1")),
        said("stored 1 +0 unread 1", "refused mailbox_full", "stored 2 +0 unread 2",
            "stored 3 +0 unread 3", "refused mailbox_full"));
    // Bytes, not characters: each is three long.
    QCOMPARE(run(send(Alice, Carol, "€€€"), send(Alice, Carol, "€")),
        said("stored 1 +0 unread 1", "refused mailbox_full"));
    QCOMPARE(run(confirm(Bob, {1}), send(Alice, Bob, "123456"), send(Alice, Bob, "12345"),
                 confirmUpTo(Bob, 4), send(Alice, Bob, "1234567890"),
                 send(Alice, Bob, "12345678901"), send(Bob, Alice, "12345678901")),
        said("removed [1 1>2 +0]", "refused mailbox_full", "stored 4 +0 unread 3",
            "removed [2 1>2 +0, 3 1>2 +0, 4 1>2 +0]", "stored 5 +0 unread 1",
            "refused mailbox_full", "refused mailbox_full"));
}

void StoreContract::aFullMailboxIsFullAfterReopen()
{
    Limits limits;
    limits.mailboxMessages = 2;
    limits.mailboxBytes = 10;
    begin(limits);
    run(send(Alice, Bob, "1"), send(Alice, Bob, "2"), send(Alice, Carol, "1234567"));
    reopen();
    QCOMPARE(run(send(Alice, Bob, "3"), send(Alice, Carol, "1234"), confirm(Bob, {1}),
                 send(Alice, Bob, "3"), send(Alice, Carol, "123")),
        said("refused mailbox_full", "refused mailbox_full", "removed [1 1>2 +0]",
            "stored 3 +0 unread 2", "stored 2 +0 unread 2"));
}

} // namespace parley::test
