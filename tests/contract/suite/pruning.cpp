// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::pruneForgetsKeysOverTheirTime()
{
    run(send(Alice, Bob, "a", "k"));
    m_now += 1000ms;
    run(send(Alice, Bob, "b", "young"), confirm(Bob, {1}));
    m_now = Start + m_limits.idempotency;
    QCOMPARE(
        run(Prune{100}, Track{Alice, "k"}), said("pruned 0", "tracked 1 >2 +0 confirmed +1000"));
    m_now += 1ms;
    QCOMPARE(run(Prune{100}, Track{Alice, "k"}, Track{Alice, "young"}, Prune{100}),
        said("pruned 1", "unknown", "tracked 2 >2 +1000 unread", "pruned 0"));
}

void StoreContract::aForgottenKeyMayBeUsedAgain()
{
    run(send(Alice, Bob, "a", "k"));
    m_now = Start + m_limits.idempotency + 1ms;
    // The first message is still unread when its key is given to a second one, also of another
    // receiver; its confirmation says nothing of the second.
    QCOMPARE(run(Prune{100}, send(Alice, Bob, "b", "k"), send(Alice, Bob, "b", "k"),
                 confirm(Bob, {1}), Track{Alice, "k"}),
        said("pruned 1", "stored 2 +86400001 unread 2", "duplicate 2 +86400001",
            "removed [1 1>2 key=k +0]", "tracked 2 >2 +86400001 unread"));
    m_now += m_limits.idempotency + 1ms;
    QCOMPARE(run(Prune{100}, send(Carol, Alice, "other"), send(Alice, Carol, "c", "k"),
                 send(Alice, Carol, "d"), confirmUpTo(Bob, 2), Track{Alice, "k"}),
        said("pruned 1", "stored 1 +172800002 unread 1", "stored 1 +172800002 unread 1",
            "stored 2 +172800002 unread 2", "removed [2 1>2 key=k +86400001]",
            "tracked 1 >3 +172800002 unread"));
}

void StoreContract::pruneForgetsExpiredSessions()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Bob, sessionHash(2), m_now + 2000ms});
    QCOMPARE(run(Prune{100}), said("pruned 0"));
    m_now += 1001ms;
    QCOMPARE(run(Prune{100}, CheckSession{Bob, sessionHash(1)}, CheckSession{Bob, sessionHash(2)}),
        said("pruned 1", "invalid", "valid"));
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
}

void StoreContract::pruneForgetsOldAccountChanges()
{
    run(setPassword("bob", "new"));
    const auto before = m_lastChange;
    m_now += 1000ms;
    run(setPassword("carol", "new"));
    newAccountChanges();
    m_now = Start + 24h;
    QCOMPARE(run(Prune{100}, ReadAccountChanges{before}),
        said("pruned 0", "changes [logins of 2, logins of 3]"));
    m_now += 1ms;
    QCOMPARE(
        run(Prune{100}, ReadAccountChanges{before}), said("pruned 1", "changes [logins of 3]"));
    m_now += 24h;
    QCOMPARE(run(Prune{100}), said("pruned 1"));
    // Who has read everything that was forgotten misses nothing that comes.
    reopen();
    const auto newest = apply({ReadAccountChanges{-1}});
    QCOMPARE(text(newest[0]), QByteArray("changes []"));
    run(enable("alice", false));
    QCOMPARE(run(ReadAccountChanges{std::get<AccountChanges>(newest[0]).last}),
        said("changes [all of 1]"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [all of 1]"));
}

void StoreContract::pruneForgetsAtMostItsLimit()
{
    for (int i = 0; i < 5; ++i) {
        run(send(Alice, Bob, "a", "k" + QByteArray::number(i)), setPassword("bob", "new"),
            AddSession{Bob, sessionHash(100 + i), m_now + 1000ms});
    }
    for (int i = 0; i < 4; ++i)
        run(AddSession{Bob, sessionHash(i), m_now + 1000ms});
    m_now += 48h;
    // 5 keys, 5 account changes and the 5 sessions since the last of these.
    QCOMPARE(run(Prune{2}, Prune{0}, Prune{2}, Prune{2}, Prune{2}),
        said("pruned 6", "pruned 0", "pruned 6", "pruned 3", "pruned 0"));
}

void StoreContract::pruneTouchesNoMessageAndNoUser()
{
    run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b"), enable("carol", false),
        WritePresence{{{Bob, true, {}}}}, AddSession{Bob, sessionHash(1), m_now + 1ms});
    m_now += 24h * 365;
    const QByteArrayList before = run(FindUsers(), fetch(Bob), ReadPresence{{Bob}});
    QCOMPARE(run(Prune{100}), said("pruned 3"));
    QCOMPARE(run(FindUsers(), fetch(Bob), ReadPresence{{Bob}}), before);
    QCOMPARE(run(send(Alice, Bob, "c")), said("stored 3 +31536000000 unread 3"));
}

} // namespace parley::test
