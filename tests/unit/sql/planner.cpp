// SPDX-License-Identifier: MIT
// What the contract suite cannot see: that a busy batch comes to few groups.
#include "storage/sql/planner.h"
#include "support/stores.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;
using sql::Group;
using sql::plan;
using test::Alice;
using test::Bob;

namespace {

StoreMessage send(UserId from, UserId to, const QByteArray &key = {})
{
    return {from, to, key, "text", false, {}};
}

std::vector<Group> planned(const std::vector<Action> &actions)
{
    return plan(test::operations(actions));
}

// "m0 m1 r2 | m3": groups, and in each the operations in the order in which they are done.
QByteArray text(const std::vector<Group> &groups)
{
    QByteArrayList texts;
    for (const Group &group : groups) {
        QByteArrayList parts;
        for (const size_t i : group.single)
            parts += "s" + QByteArray::number(qulonglong(i));
        for (const size_t i : group.messages)
            parts += "m" + QByteArray::number(qulonglong(i));
        for (const size_t i : group.presence)
            parts += "p" + QByteArray::number(qulonglong(i));
        for (const size_t i : group.reads)
            parts += "r" + QByteArray::number(qulonglong(i));
        texts += parts.join(' ');
    }
    return texts.join(" | ");
}

} // namespace

class SqlPlanner final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsNoGroup() { QCOMPARE(text(planned({})), QByteArray()); }

    // The common load: everybody sends and confirms.
    void sendingAndConfirmingIsOneGroup()
    {
        QCOMPARE(text(planned({send(Alice, Bob), Confirm{Bob, {Seq(1)}, {}}, send(Bob, Alice),
                     Confirm{Alice, {}, Seq(9)}, send(Alice, Bob, "k"), send(Alice, Bob, "k")})),
            QByteArray("m0 m1 m2 m3 m4 m5"));
    }

    void aReadSharesTheGroupOfWhatWasWrittenBefore()
    {
        QCOMPARE(text(planned({send(Alice, Bob, "k"), Fetch{Bob, {}, 1, 1}, Track{Alice, "k"},
                     ReadMailbox{Bob}})),
            QByteArray("m0 r1 r2 r3"));
        QCOMPARE(text(planned({WritePresence(), ReadPresence()})), QByteArray("p0 r1"));
    }

    void whatIsWrittenAfterAReadComesInTheNextGroup()
    {
        const Fetch fetch{Bob, {}, 1, 1};
        const Track track{Alice, "k"};
        const Confirm confirm{Bob, {}, Seq(1)};
        QCOMPARE(text(planned({fetch, send(Alice, Bob)})), QByteArray("r0 | m1"));
        QCOMPARE(text(planned({fetch, confirm})), QByteArray("r0 | m1"));
        QCOMPARE(text(planned({ReadMailbox{Bob}, send(Alice, Bob)})), QByteArray("r0 | m1"));
        QCOMPARE(text(planned({track, send(Alice, Bob, "k")})), QByteArray("r0 | m1"));
        QCOMPARE(text(planned({track, confirm})), QByteArray("r0 | m1"));
        QCOMPARE(text(planned({confirm, track, confirm})), QByteArray("m0 r1 | m2"));
        QCOMPARE(text(planned({ReadPresence(), WritePresence(), ReadPresence(), WritePresence()})),
            QByteArray("r0 | p1 r2 | p3"));
    }

    void readsOfOtherDataDelayNothing()
    {
        QCOMPARE(text(planned({Fetch{Alice, {}, 1, 1}, send(Alice, Bob), Track{Bob, "k"},
                     send(Alice, Bob, "k"), ReadPresence(), send(Bob, Bob, "other")})),
            QByteArray("m1 m3 m5 r0 r2 r4"));
    }

    void accountsHaveAGroupOfTheirOwn()
    {
        QCOMPARE(text(planned({send(Alice, Bob), AddSession(), CheckSession(), send(Alice, Bob),
                     Prune(), FindUsers()})),
            QByteArray("m0 | s1 | m3 r2 | s4 | r5"));
    }

    // Many who catch up while others write to them: the groups grow with what one does, not with
    // how many do it.
    void manyFetchersAreFewGroups()
    {
        std::vector<Action> actions;
        for (qint64 user = 1; user <= 300; ++user) {
            actions.emplace_back(Fetch{UserId(user), {}, 1, 1});
            actions.emplace_back(send(UserId(7), UserId(user), "k" + QByteArray::number(user)));
            actions.emplace_back(Confirm{UserId(user), {}, Seq(1)});
            actions.emplace_back(Fetch{UserId(user), {}, 1, 1});
            actions.emplace_back(Confirm{UserId(user), {}, Seq(2)});
        }
        QCOMPARE(planned(actions).size(), size_t(3));
    }
};

QTEST_GUILESS_MAIN(SqlPlanner)
#include "planner.moc"
