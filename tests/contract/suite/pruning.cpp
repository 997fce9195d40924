// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

namespace {

constexpr auto Tolerance = limits::ClockTolerance;

// By a clock that is known to be right.
Prune prune(int limit)
{
    return {limit, true};
}

} // namespace

void StoreContract::pruneForgetsKeysOverTheirTime()
{
    run(send(Alice, Bob, "a", "k"));
    m_now += 1000ms;
    run(send(Alice, Bob, "b", "young"), confirm(Bob, {1}));
    m_now = Start + m_limits.idempotency + Tolerance;
    QCOMPARE(
        run(prune(100), Track{Alice, "k"}), said("pruned 0", "tracked 1 >2 +0 confirmed +1000"));
    m_now += 1ms;
    QCOMPARE(run(prune(100), Track{Alice, "k"}, Track{Alice, "young"}, prune(100)),
        said("pruned 1", "unknown", "tracked 2 >2 +1000 unread", "pruned 0"));
}

void StoreContract::aForgottenKeyMayBeUsedAgain()
{
    run(send(Alice, Bob, "a", "k"));
    const auto forgotten = m_limits.idempotency + Tolerance + 1ms;
    m_now = Start + forgotten;
    // The first message is still unread when its key is given to a second one, also of another
    // receiver; its confirmation says nothing of the second.
    QCOMPARE(run(prune(100), send(Alice, Bob, "b", "k"), send(Alice, Bob, "b", "k"),
                 confirm(Bob, {1}), Track{Alice, "k"}),
        said("pruned 1", "stored 2 +87000001 unread 2", "duplicate 2 +87000001",
            "removed [1 1>2 key=k +0]", "tracked 2 >2 +87000001 unread"));
    m_now += forgotten;
    QCOMPARE(run(prune(100), send(Carol, Alice, "other"), send(Alice, Carol, "c", "k"),
                 send(Alice, Carol, "d"), confirmUpTo(Bob, 2), Track{Alice, "k"}),
        said("pruned 1", "stored 1 +174000002 unread 1", "stored 1 +174000002 unread 1",
            "stored 2 +174000002 unread 2", "removed [2 1>2 key=k +87000001]",
            "tracked 1 >3 +174000002 unread"));
}

void StoreContract::pruneForgetsExpiredSessions()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Bob, sessionHash(2), m_now + 1h});
    QCOMPARE(run(prune(100)), said("pruned 0"));
    m_now += 1000ms + Tolerance - 1ms;
    QCOMPARE(run(prune(100)), said("pruned 0"));
    m_now += 2ms;
    QCOMPARE(run(prune(100), CheckSession{Bob, sessionHash(1)}, CheckSession{Bob, sessionHash(2)}),
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
    m_now = Start + 24h + Tolerance;
    QCOMPARE(run(prune(100), ReadAccountChanges{before}),
        said("pruned 0", "changes [logins of 2, logins of 3]"));
    m_now += 1ms;
    QCOMPARE(
        run(prune(100), ReadAccountChanges{before}), said("pruned 1", "changes [logins of 3]"));
    m_now += 24h;
    QCOMPARE(run(prune(100)), said("pruned 1"));
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
    QCOMPARE(run(prune(2), prune(0), prune(2), prune(2), prune(2)),
        said("pruned 6", "pruned 0", "pruned 6", "pruned 3", "pruned 0"));
}

void StoreContract::pruneTouchesNoMessageAndNoUser()
{
    run(send(Alice, Bob, "a", "k"), send(Alice, Bob, "b"), enable("carol", false),
        WritePresence{{{Bob, true, {}}}}, AddSession{Bob, sessionHash(1), m_now + 1ms});
    m_now += 24h * 365;
    const QByteArrayList before = run(FindUsers(), fetch(Bob), ReadPresence{{Bob}});
    QCOMPARE(run(prune(100)), said("pruned 3"));
    QCOMPARE(run(FindUsers(), fetch(Bob), ReadPresence{{Bob}}), before);
    QCOMPARE(run(send(Alice, Bob, "c")), said("stored 3 +31536000000 unread 3"));
}

// A clock that is years ahead for one start must not cost anybody a session or a key.
void StoreContract::aDoubtfulClockForgetsNothing()
{
    QCOMPARE(run(Prune{100}), said("pruned 0")); // there is nothing yet to doubt it by
    run(send(Alice, Bob, "a", "k"), AddSession{Bob, sessionHash(1), m_now + 24h * 30});
    m_now += Tolerance;
    QCOMPARE(run(Prune{100}), said("pruned 0")); // as time goes
    const Time right = m_now;
    m_now += Tolerance + 1ms;
    QCOMPARE(run(Prune{100}), said("doubted"));
    m_now += 24h * 365 * 5;
    QCOMPARE(run(Prune{100}, Track{Alice, "k"}), said("doubted", "tracked 1 >2 +0 unread"));
    reopen();
    QCOMPARE(run(Prune{100}), said("doubted"));
    m_now = right;
    QCOMPARE(run(Prune{100}, Track{Alice, "k"}, CheckSession{Bob, sessionHash(1)}),
        said("pruned 0", "tracked 1 >2 +0 unread", "valid"));
    // Once it is confirmed, it is the time.
    m_now += 24h * 60;
    QCOMPARE(run(Prune{100}, prune(100), Prune{100}), said("doubted", "pruned 2", "pruned 0"));
    // And when that was wrong, the right time has to be confirmed, too.
    m_now = right;
    QCOMPARE(run(Prune{100}, prune(100), Prune{100}), said("doubted", "pruned 0", "pruned 0"));
}

// Nor must one that is years behind: what was right then lies ahead of it.
void StoreContract::aClockThatIsBehindIsDoubtedToo()
{
    const Time right = m_now;
    run(prune(100), send(Alice, Bob, "a", "k"), AddSession{Bob, sessionHash(1), m_now + 24h * 30},
        WritePresence{{{Bob, true, {}}}});
    const auto before = run(Track{Alice, "k"}, ReadPresence{{Bob}});
    m_now = right - Tolerance;
    QCOMPARE(run(Prune{100, false, true}), said("pruned 0")); // as clocks go
    m_now = right - Tolerance - 1ms;
    QCOMPARE(run(Prune{100, false, true}), said("doubted"));
    m_now = right - 24h * 365;
    QCOMPARE(run(Prune{100, false, true}), said("doubted"));
    reopen();
    QCOMPARE(run(Prune{100, false, true}), said("doubted"));
    m_now = right + Tolerance;
    QCOMPARE(run(Prune{100, false, true}), said("pruned 0"));
    QCOMPARE(run(Track{Alice, "k"}, ReadPresence{{Bob}}), before);
    m_now = right + 24h * 30 - 1ms;
    QCOMPARE(run(prune(100), CheckSession{Bob, sessionHash(1)}), said("pruned 1", "valid"));
}

// By a clock that was behind for a while: it is not as old as it seems to be.
void StoreContract::aKeyThatIsDatedBehindIsKeptForItsTime()
{
    run(prune(100), send(Alice, Bob, "a", "k1"));
    m_now = Start - 24h * 365;
    run(send(Alice, Bob, "b", "k2"));
    m_now = Start + m_limits.idempotency + Tolerance;
    QCOMPARE(run(prune(100), send(Alice, Bob, "b", "k2")),
        said("pruned 0", "duplicate 2 +-31536000000"));
    m_now += 1ms;
    QCOMPARE(
        run(prune(1), prune(100), Track{Alice, "k2"}), said("pruned 1", "pruned 1", "unknown"));
}

void StoreContract::whatIsDatedAheadIsCorrected()
{
    m_now += 24h * 365;
    run(send(Alice, Bob, "a", "k"), setPassword("carol", "new"),
        AddSession{Bob, sessionHash(1), m_now + 1h}, WritePresence{{{Bob, true, {}}}});
    const auto before = m_lastChange;
    m_now = Start;
    run(WritePresence{{{Alice, {}, Start + Tolerance}}});
    QCOMPARE(
        run(Prune{0, true, true}, ReadPresence{{Alice, Bob}}, CheckSession{Bob, sessionHash(1)}),
        said("pruned 0", "presence [1 offline +600000, 2 online +0]", "valid"));
    m_now += 1h;
    QCOMPARE(run(CheckSession{Bob, sessionHash(1)}), said("invalid"));
    m_now = Start + 1ms;
    QCOMPARE(run(prune(100), Track{Alice, "k"}), said("pruned 0", "tracked 1 >2 +1 unread"));
    // Nor do they keep what comes behind them from being forgotten.
    run(send(Alice, Bob, "b", "later"));
    m_now += m_limits.idempotency + Tolerance + 1ms;
    QCOMPARE(run(prune(2), Track{Alice, "k"}, Track{Alice, "later"}, ReadAccountChanges{before}),
        said("pruned 4", "unknown", "unknown", "changes []"));
}

} // namespace parley::test
