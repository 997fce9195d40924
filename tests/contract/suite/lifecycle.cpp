// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include "support/why.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::readsAreTheActionsThatWriteNothing()
{
    const std::vector<Action> reads{Fetch(), Track(), ReadMailbox(), FindUsers(), CheckSession(),
        ReadAccountChanges(), ReadPresence(), Survey()};
    for (const Action &action : reads)
        QVERIFY2(isRead(action), text(action));
    const std::vector<Action> writes{StoreMessage(), Confirm(), AddUser(), ChangeUser(),
        AddSession(), EndSession(), WritePresence(), ResetPresence(), Beat(), LeaveNode(), Prune()};
    for (const Action &action : writes)
        QVERIFY2(!isRead(action), text(action));
    QCOMPARE(reads.size() + writes.size(), std::variant_size_v<Action>);
}

void StoreContract::nothingIsDoneBeforeOpen()
{
    QVERIFY(m_store->isOpen());
    m_store->close();
    QVERIFY(!m_store->isOpen());
    const Operation operation{send(Alice, Bob, "early"), {}, {}};
    QVERIFY(!m_store->apply({&operation, 1}, m_now));
    const auto opened = m_store->open();
    QVERIFY2(opened, why(opened));
    QCOMPARE(run(ReadMailbox{Bob}), said("mailbox 0 first 0 last 0"));
}

void StoreContract::openAgainKeepsEverything()
{
    run(send(Alice, Bob, "one", "k"), WritePresence{{{Bob, true, {}}}}, enable("carol", false));
    const auto before = everything();
    m_store->close();
    const auto opened = m_store->open();
    QVERIFY2(opened, why(opened));
    QCOMPARE(everything(), before);
    reopen();
    QCOMPARE(everything(), before);
}

void StoreContract::anEmptyBatchIsDone()
{
    const auto outcomes = m_store->apply({}, m_now);
    QVERIFY2(outcomes, why(outcomes));
    QVERIFY(outcomes->empty());
}

void StoreContract::checkFindsNoDamage()
{
    run(send(Alice, Bob, "one", "k"), send(Alice, Bob, "two"), confirm(Bob, {1}));
    const auto checked = m_store->check();
    QVERIFY2(checked, why(checked));
    QCOMPARE(run(ReadMailbox{Bob}), said("mailbox 1 first 2 last 2"));
}

void StoreContract::theEpochLastsOverReopenAndIsEachStoresOwn()
{
    const auto epoch = [this] {
        const auto outcomes = apply({ReadMailbox{Bob}});
        return std::get<Mailbox>(outcomes[0]).epoch;
    };
    const QByteArray first = epoch();
    QCOMPARE(first.size(), 32); // 128 random bits
    run(send(Alice, Bob, "one"));
    QCOMPARE(epoch(), first);
    reopen();
    QCOMPARE(epoch(), first);
    begin({});
    QVERIFY(epoch() != first);
}

} // namespace parley::test
