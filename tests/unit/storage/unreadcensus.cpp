// SPDX-License-Identifier: MIT
// The census: what it says is unread is what is unread, whatever is sent and confirmed while it
// goes round.
#include "storage/unreadcensus.h"

#include "storage/memorystore.h"
#include "support/stores.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parley;
using namespace parley::storage;
using test::Now;

namespace {

constexpr int AtOnce = 10;
constexpr int Users = 25; // so that a round has three parts

class Scene {
public:
    Scene()
        : m_store(Limits())
    {
        (void)m_store.open();
        std::vector<Action> actions;
        for (int id = 1; id <= Users; ++id)
            actions.emplace_back(AddUser{{UserId(id), QByteArray::number(id), {}, true}});
        (void)test::perform(m_store, actions);
    }

    // In one batch, of which the census is told.
    void commit(const std::vector<Action> &actions, Time at = Now)
    {
        const auto operations = test::operations(actions);
        const auto outcomes = m_store.apply(operations, at);
        for (size_t i = 0; i < operations.size(); ++i)
            census.note(operations[i], (*outcomes)[i]);
    }
    // By another program.
    void commitUnseen(const std::vector<Action> &actions) { (void)test::perform(m_store, actions); }
    void goOn() { commit({census.next()}); }
    void goRound()
    {
        do {
            goOn();
        } while (census.next().after != UserId());
    }
    // "3 of 12 bytes oldest 5"; by the census, and by a look at everything.
    QByteArray known() const
    {
        const auto &unread = census.unread();
        return unread ? text(unread->messages, unread->bytes, unread->oldest) : "unknown";
    }
    QByteArray real()
    {
        const auto all = test::perform(m_store, {Survey{{}, Users + 1}});
        const auto &surveyed = std::get<Surveyed>(all->front());
        return text(surveyed.messages, surveyed.bytes, surveyed.oldest);
    }

    UnreadCensus census{AtOnce};

private:
    static QByteArray text(qint64 messages, qint64 bytes, const std::optional<Time> &oldest)
    {
        return QByteArray::number(messages) + " of " + QByteArray::number(bytes) + " bytes oldest "
            + (oldest ? QByteArray::number((*oldest - Now).count()) : "never");
    }

    MemoryStore m_store;
};

StoreMessage send(int to, const QByteArray &body)
{
    return {UserId(1), UserId(to), {}, body, false, {}};
}

Confirm confirmAll(int user)
{
    return {UserId(user), {}, Seq(MaxInteger)};
}

// Without the oldest, which is only known of the last round.
QByteArray sums(const QByteArray &text)
{
    return text.left(text.indexOf(" oldest"));
}

} // namespace

class UnreadCensusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingBeforeItsFirstRound()
    {
        Scene scene;
        scene.commit({send(2, "abc")});
        QCOMPARE(scene.known(), "unknown");
        scene.goOn();
        scene.goOn();
        QCOMPARE(scene.known(), "unknown");
        scene.goOn();
        QCOMPARE(scene.known(), "1 of 3 bytes oldest 0");
    }

    void nothingUnreadHasNoOldest()
    {
        Scene scene;
        scene.goRound();
        QCOMPARE(scene.known(), "0 of 0 bytes oldest never");
        scene.commit({send(2, "a")}, Now + 5ms);
        QCOMPARE(scene.known(), "1 of 1 bytes oldest 5");
        scene.commit({confirmAll(2)});
        QCOMPARE(scene.known(), "0 of 0 bytes oldest never");
    }

    void theOldestIsThatOfAllMailboxes()
    {
        Scene scene;
        scene.commit({send(24, "a")}, Now + 7ms);
        scene.commit({send(3, "a")}, Now + 8ms);
        scene.commit({send(12, "a")}, Now + 9ms);
        scene.goRound();
        QCOMPARE(scene.known(), "3 of 3 bytes oldest 7");
        scene.commit({confirmAll(24)});
        scene.goRound();
        QCOMPARE(scene.known(), "2 of 2 bytes oldest 8");
    }

    void theSumsAreExactAtEveryMoment()
    {
        Scene scene;
        QRandomGenerator chance(7);
        const auto user = [&] { return chance.bounded(1, Users + 1); };
        for (int batch = 0; batch < 600; ++batch) {
            std::vector<Action> actions;
            for (int i = chance.bounded(6); i > 0; --i) {
                if (chance.bounded(3) > 0)
                    actions.emplace_back(send(user(), QByteArray(chance.bounded(9), 'x')));
                else
                    actions.emplace_back(confirmAll(user()));
            }
            if (chance.bounded(4) == 0) // not always at the same place of its batch
                actions.insert(
                    actions.begin() + chance.bounded(int(actions.size()) + 1), scene.census.next());
            scene.commit(actions);
            if (scene.census.unread())
                QCOMPARE(sums(scene.known()), sums(scene.real()));
        }
        QVERIFY(scene.census.unread());
        QVERIFY(scene.census.unread()->messages > 0);
    }

    void whatOthersDidIsKnownAfterTheNextRound()
    {
        Scene scene;
        scene.commit({send(2, "a"), send(20, "b")});
        scene.goRound();
        scene.commitUnseen({confirmAll(2), send(20, "bc")});
        scene.goRound();
        QCOMPARE(scene.known(), "2 of 3 bytes oldest 0");
        QCOMPARE(scene.known(), scene.real());
    }

    void whatWasRefusedChangesNothing()
    {
        Scene scene;
        scene.goRound();
        scene.commit(
            {send(Users + 1, "nobody"), StoreMessage{UserId(1), UserId(2), "key", "a", false, {}},
                StoreMessage{UserId(1), UserId(2), "key", "a", false, {}}});
        scene.census.note({Survey{}, {}, {}}, Refused{ErrorCode::StoreUnavailable, {}});
        QCOMPARE(scene.known(), "1 of 1 bytes oldest 0");
    }
};

QTEST_APPLESS_MAIN(UnreadCensusTest)
#include "unreadcensus.moc"
