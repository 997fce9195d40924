// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::usersAreFoundByNameOrAll()
{
    QCOMPARE(run(FindUsers{"bob"}, FindUsers{"disabled"}, FindUsers{"nobody"}, FindUsers{""}),
        said("users [2 bob hash]", "users [9 disabled hash disabled]", "users []", "users []"));
    QCOMPARE(run(addUser(5, "eve"), FindUsers()),
        said("added 5",
            "users [1 alice hash, 2 bob hash, 3 carol hash, 5 eve hash, 9 disabled hash "
            "disabled]"));
}

void StoreContract::namesAndIdsAreTakenOnce()
{
    QCOMPARE(run(addUser(4, "bob"), addUser(2, "new"), addUser(0, "alice"), addUser(4, "dave"),
                 addUser(4, "dora"), addUser(5, "dave"), addUser(6, "disabled")),
        said("taken", "taken", "taken", "added 4", "taken", "taken", "taken"));
    QCOMPARE(run(FindUsers{"new"}, FindUsers{"dave"}, addUser(5, "new")),
        said("users []", "users [4 dave hash]", "added 5"));
}

void StoreContract::namesAreComparedAsTheyAre()
{
    const QByteArray odd = R"(O'Neil "\{,}%_ )"
                           "\n😀";
    QCOMPARE(run(addUser(21, "Bob"), addUser(22, "bob "), addUser(23, "ä"), addUser(24, "a\u0308"),
                 addUser(25, odd), FindUsers{"Bob"}, FindUsers{odd}, FindUsers{"BOB"},
                 enable("Bob", false), FindUsers{"bob"}),
        said("added 21", "added 22", "added 23", "added 24", "added 25", "users [21 Bob hash]",
            "users [25 " + odd + " hash]", "users []", "changed", "users [2 bob hash]"));
}

void StoreContract::freeIdsAreAboveAll()
{
    QCOMPARE(run(addUser(0, "ten"), addUser(0, "eleven"), addUser(100, "hundred"),
                 addUser(0, "next"), addUser(50, "fifty"), addUser(0, "last")),
        said("added 10", "added 11", "added 100", "added 101", "added 50", "added 102"));
    reopen();
    QCOMPARE(run(addUser(0, "after")), said("added 103"));
}

void StoreContract::afterTheLargestIdTheNextFreeOneIsGiven()
{
    QCOMPARE(run(addUser(MaxInteger, "last"), addUser(0, "ten"), addUser(0, "eleven"),
                 addUser(MaxInteger - 1, "last but one"), addUser(0, "twelve"),
                 addUser(MaxInteger - 3, "far"), addUser(0, "between"), addUser(0, "thirteen")),
        said("added 9007199254740991", "added 10", "added 11", "added 9007199254740990", "added 12",
            "added 9007199254740988", "added 9007199254740989", "added 13"));
}

void StoreContract::aSessionIsAddedOnlyWhileWhatWasCheckedHolds()
{
    const auto add = [this](int number, std::optional<QByteArray> passwordHash) {
        return AddSession{Bob, sessionHash(number), m_now + 1000ms, std::move(passwordHash)};
    };
    QCOMPARE(run(add(1, "hash"), add(2, "other"), add(3, {}), CheckSession{Bob, sessionHash(1)},
                 CheckSession{Bob, sessionHash(2)}, CheckSession{Bob, sessionHash(3)}),
        said("session added", "session not added", "session added", "valid", "invalid", "valid"));
    // What was checked is the hash, and it was changed meanwhile; or they were disabled.
    QCOMPARE(run(setPassword("bob", "new"), add(4, "hash"), add(5, "new"), enable("bob", false),
                 add(6, "new"), add(7, {}), enable("bob", true), CheckSession{Bob, sessionHash(4)},
                 CheckSession{Bob, sessionHash(6)}, CheckSession{Bob, sessionHash(7)}),
        said("changed", "session not added", "session added", "changed", "session not added",
            "session not added", "changed", "invalid", "invalid", "invalid"));
    QCOMPARE(run(AddSession{Nobody, sessionHash(8), m_now + 1000ms},
                 AddSession{Disabled, sessionHash(9), m_now + 1000ms, "hash"}),
        said("session not added", "session not added"));
}

void StoreContract::aUsersOldestSessionEndsBeyondTheirNumber()
{
    Limits limits;
    limits.sessionsPerUser = 3;
    begin(limits);
    const auto valid = [this] {
        QByteArray numbers;
        for (int i = 1; i <= 9; ++i) {
            if (run(CheckSession{Bob, sessionHash(i)}) == said("valid"))
                numbers += QByteArray::number(i);
        }
        return numbers;
    };
    // By when they were made, not by when they would expire.
    for (const int i : {4, 2, 3}) {
        run(AddSession{Bob, sessionHash(i), m_now + 100s + std::chrono::seconds(i)});
        m_now += 10ms;
    }
    run(AddSession{Alice, sessionHash(9), m_now + 100s});
    QCOMPARE(valid(), QByteArray("234"));
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
    run(AddSession{Bob, sessionHash(1), m_now + 1s});
    QCOMPARE(valid(), QByteArray("123"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [session 0004 of 2]"));
    QCOMPARE(run(CheckSession{Alice, sessionHash(9)}), said("valid"));
    // One that has expired takes nobody's place; its connections outlive it.
    m_now += 1001ms;
    run(AddSession{Bob, sessionHash(5), m_now + 100s});
    QCOMPARE(valid(), QByteArray("235"));
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
}

void StoreContract::aCheckTellsWhichAccountChangesAreOlder()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Bob, sessionHash(2), m_now + 1000ms});
    const auto before = m_lastChange;
    const auto outcomes = apply({CheckSession{Bob, {}}, enable("alice", false),
        CheckSession{Bob, sessionHash(1)}, EndSession{sessionHash(2)},
        CheckSession{Bob, sessionHash(1)}, ReadAccountChanges{before}});
    const auto checked = [&](size_t index) {
        const auto *found = std::get_if<CheckedSession>(&outcomes[index]);
        return found && found->valid ? found->lastAccountChange : -1;
    };
    const auto *found = std::get_if<AccountChanges>(&outcomes[5]);
    QVERIFY(found && found->changes.size() == 2);
    QCOMPARE(checked(0), before);
    QCOMPARE(checked(2), found->changes[0].number);
    QCOMPARE(checked(4), found->changes[1].number);
    QVERIFY(before < found->changes[0].number);
    QVERIFY(found->changes[0].number < found->changes[1].number);
    QCOMPARE(found->changes[1].number, found->last);
    // Also when nothing is written beside it.
    const auto later = apply({CheckSession{Bob, {}}});
    QCOMPARE(std::get<CheckedSession>(later[0]).lastAccountChange, found->last);
}

void StoreContract::aSessionIsValidForItsUserUntilItExpires()
{
    const auto hash = sessionHash(1);
    QCOMPARE(
        run(CheckSession{Bob, {}}, CheckSession{Bob, hash}, AddSession{Bob, hash, m_now + 1000ms},
            CheckSession{Bob, hash}, CheckSession{Alice, hash}, CheckSession{Bob, sessionHash(2)},
            CheckSession{Nobody, hash}, CheckSession{Nobody, {}}),
        said("valid", "invalid", "session added", "valid", "invalid", "invalid", "invalid",
            "invalid"));
    run(AddSession{Bob, sessionHash(2), m_now + 5000ms});
    m_now += 999ms;
    QCOMPARE(run(CheckSession{Bob, hash}), said("valid"));
    m_now += 2ms;
    QCOMPARE(run(CheckSession{Bob, hash}, CheckSession{Bob, sessionHash(2)}, EndSession{hash}),
        said("invalid", "valid", "ended 0"));
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
}

void StoreContract::aDisabledUserHasNoValidSession()
{
    const auto hash = sessionHash(1);
    QCOMPARE(run(CheckSession{Disabled, {}}, AddSession{Bob, hash, m_now + 1000ms},
                 enable("bob", false), CheckSession{Bob, hash}, CheckSession{Bob, {}},
                 enable("bob", true), CheckSession{Bob, {}}, CheckSession{Bob, hash}),
        said("invalid", "session added", "changed", "invalid", "invalid", "changed", "valid",
            "invalid"));
}

void StoreContract::endSessionEndsItOnce()
{
    const auto one = sessionHash(1);
    const auto two = sessionHash(2);
    run(AddSession{Bob, one, m_now + 1000ms}, AddSession{Bob, two, m_now + 1000ms});
    QCOMPARE(run(EndSession{one}, EndSession{one}, EndSession{sessionHash(3)},
                 CheckSession{Bob, one}, CheckSession{Bob, two}),
        said("ended 2", "ended 0", "ended 0", "invalid", "valid"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [session 0001 of 2]"));
    const auto outcomes = apply({EndSession{two}, ReadAccountChanges{m_lastChange}});
    const auto *found = std::get_if<AccountChanges>(&outcomes[1]);
    QVERIFY(found && found->changes.size() == 1);
    QCOMPARE(found->changes[0].sessionHash, two);
}

void StoreContract::aNewPasswordEndsTheLoginSessions()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Bob, sessionHash(2), m_now + 1000ms},
        AddSession{Alice, sessionHash(3), m_now + 1000ms});
    QCOMPARE(run(setPassword("bob", "new"), CheckSession{Bob, sessionHash(1)},
                 CheckSession{Bob, sessionHash(2)}, CheckSession{Alice, sessionHash(3)},
                 CheckSession{Bob, {}}, FindUsers{"bob"}, EndSession{sessionHash(1)},
                 AddSession{Bob, sessionHash(4), m_now + 9ms}, CheckSession{Bob, sessionHash(4)}),
        said("changed", "invalid", "invalid", "valid", "valid", "users [2 bob new]", "ended 0",
            "session added", "valid"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [logins of 2]"));
    QCOMPARE(run(setPassword("disabled", "new"), FindUsers{"disabled"}),
        said("changed", "users [9 disabled new disabled]"));
}

void StoreContract::disablingEndsTheLoginSessions()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Alice, sessionHash(3), m_now + 1000ms});
    QCOMPARE(run(enable("bob", false), FindUsers{"bob"}, EndSession{sessionHash(1)},
                 enable("bob", true), FindUsers{"bob"}, CheckSession{Bob, sessionHash(1)},
                 CheckSession{Alice, sessionHash(3)}),
        said("changed", "users [2 bob hash disabled]", "ended 0", "changed", "users [2 bob hash]",
            "invalid", "valid"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [all of 2]"));
    // Both at once: whatever else is told, all their connections end.
    QCOMPARE(run(ChangeUser{"carol", "new", false}, FindUsers{"carol"}),
        said("changed", "users [3 carol new disabled]"));
    QVERIFY(newAccountChanges().contains("all of 3"));
}

void StoreContract::aKickEndsTheLoginSessionsAndNothingElse()
{
    run(AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Alice, sessionHash(3), m_now + 1000ms});
    const ChangeUser kick{"bob", {}, {}, true};
    QCOMPARE(run(kick, FindUsers{"bob"}, CheckSession{Bob, sessionHash(1)},
                 CheckSession{Alice, sessionHash(3)}, CheckSession{Bob, {}},
                 ChangeUser{"nobody", {}, {}, true}),
        said("changed", "users [2 bob hash]", "invalid", "valid", "valid", "not found"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [all of 2]"));
    // It leaves who is disabled as they are.
    QCOMPARE(run(ChangeUser{"disabled", {}, {}, true}, FindUsers{"disabled"}),
        said("changed", "users [9 disabled hash disabled]"));
}

void StoreContract::changesThatEndNoSessionLeaveNoAccountChange()
{
    QCOMPARE(run(enable("disabled", true), enable("nobody", false), setPassword("nobody", "x"),
                 ChangeUser{"bob", {}, {}}, EndSession{sessionHash(1)}, addUser(4, "dave")),
        said("changed", "not found", "not found", "changed", "ended 0", "added 4"));
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
}

void StoreContract::accountChangesAreToldOnceAndInOrder()
{
    run(AddSession{Carol, sessionHash(1), m_now + 1000ms});
    run(setPassword("bob", "new"), enable("alice", false), EndSession{sessionHash(1)});
    const auto before = m_lastChange;
    const QByteArray three = "changes [logins of 2, all of 1, session 0001 of 3]";
    QCOMPARE(run(ReadAccountChanges{-1}), said("changes []"));
    QCOMPARE(newAccountChanges(), three);
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
    const auto newest = apply({ReadAccountChanges{-1}});
    QCOMPARE(std::get<AccountChanges>(newest[0]).last, m_lastChange);
    reopen();
    QCOMPARE(newAccountChanges(), QByteArray("changes []"));
    QCOMPARE(run(ReadAccountChanges{before}), said(three));
    run(setPassword("carol", "new"));
    QCOMPARE(newAccountChanges(), QByteArray("changes [logins of 3]"));
}

void StoreContract::accountsLastOverReopen()
{
    run(addUser(0, "dave"), setPassword("bob", "new"), enable("carol", false),
        AddSession{Bob, sessionHash(1), m_now + 1000ms},
        AddSession{Bob, sessionHash(2), m_now + 1000ms}, EndSession{sessionHash(2)});
    reopen();
    QCOMPARE(run(FindUsers(), CheckSession{Bob, sessionHash(1)}, CheckSession{Bob, sessionHash(2)},
                 send(Alice, Carol, "x"), addUser(0, "dave")),
        said("users [1 alice hash, 2 bob new, 3 carol hash disabled, 9 disabled hash disabled, "
             "10 dave hash]",
            "valid", "invalid", "refused unknown_user", "taken"));
}

} // namespace parley::test
