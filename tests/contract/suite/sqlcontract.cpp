// SPDX-License-Identifier: MIT
#include "suite/sqlcontract.h"

#include "support/why.h"

#include <QLoggingCategory>
#include <QTest>

namespace parley::test {

using namespace storage;

namespace {

// The store may log what it is made to suffer, and a warning would fail the test.
class Quiet {
public:
    Quiet() { QLoggingCategory::setFilterRules(QStringLiteral("parley.storage=false")); }
    ~Quiet() { QLoggingCategory::setFilterRules({}); }
};

} // namespace

void SqlContract::aFailureLeavesNothingOfItsBatch()
{
    run(send(Alice, Bob, "before", "k0"));
    const auto before = everything();
    const std::vector<Action> actions{send(Alice, Bob, "1", "k1"), confirm(Bob, {1}),
        enable("disabled", true), WritePresence{{{Bob, true, {}}}},
        AddSession{Bob, sessionHash(1), m_now + 1000ms}, addUser(4, "dave"),
        send(Carol, Bob, "refused by the database", "k2"), send(Alice, Carol, "2", "k3")};
    std::vector<Operation> batch;
    for (const Action &action : actions)
        batch.push_back({action, {}, {}});

    auto set = m_database.query(m_database.refuseRows("NEW.send_user_id = 3"));
    QVERIFY2(set, why(set));
    {
        const Quiet quiet;
        auto outcomes = m_store->apply(batch, m_now);
        // The store may find the one at fault, and do all the others as if it were not there.
        if (outcomes) {
            QCOMPARE(text((*outcomes)[6]), QByteArray("refused internal"));
            QVERIFY(!std::get<Refused>((*outcomes)[6]).incident.isEmpty());
            QCOMPARE(text((*outcomes)[7]), QByteArray("stored 1 +0 unread 1"));
        }
        if (!m_store->isOpen()) {
            const auto opened = m_store->open();
            QVERIFY2(opened, why(opened));
        }
        if (!outcomes) {
            QCOMPARE(everything(), before);
            QCOMPARE(run(Track{Alice, "k1"}, CheckSession{Bob, sessionHash(1)}),
                said("unknown", "invalid"));
        }
    }
    set = m_database.query(m_database.refuseNoRows());
    QVERIFY2(set, why(set));
    QCOMPARE(run(Track{Carol, "k2"}), said("unknown"));
    run(send(Alice, Bob, "1", "k1"));
    QVERIFY(run(ReadMailbox{Bob}).constFirst().endsWith(" last 2"));
    QVERIFY(run(send(Carol, Bob, "now", "k2")).constFirst().startsWith("stored 3 "));
}

void SqlContract::whatTestersMayReadIsThere()
{
    m_now += 5ms;
    run(send(Alice, Bob, "it's", "k"), send(Alice, Bob, "gone"), confirm(Bob, {2}),
        WritePresence{{{Bob, true, {}}}});
    const auto seen = toMs(m_now);
    const auto row = m_database.query("SELECT receive_user_id || '|' || seq || '|' || send_user_id"
                                      " || '|' || sent_at FROM unread");
    QVERIFY2(row, why(row));
    QCOMPARE(*row, "2|1|1|" + QByteArray::number(seen));
    const std::vector<std::pair<QByteArray, QByteArray>> values{
        {"SELECT count(*) FROM unread", "1"}, {"SELECT body FROM unread", "it's"},
        {"SELECT client_id FROM unread", "k"},
        {"SELECT last_seen FROM presence WHERE user_id = 2", QByteArray::number(seen)}};
    for (const auto &[sql, value] : values) {
        const auto found = m_database.query(sql);
        QVERIFY2(found, why(found));
        QCOMPARE(*found, value);
    }
}

void SqlContract::fewerSessionsThanThereAreEndsSeveral()
{
    for (const int i : {1, 2, 3})
        run(AddSession{Bob, sessionHash(i), m_now + 100s});
    m_limits.sessionsPerUser = 2;
    reopen();
    m_now += 1ms;
    QCOMPARE(run(AddSession{Bob, sessionHash(4), m_now + 100s}, CheckSession{Bob, sessionHash(1)},
                 CheckSession{Bob, sessionHash(2)}, CheckSession{Bob, sessionHash(3)},
                 CheckSession{Bob, sessionHash(4)}),
        said("session added", "invalid", "invalid", "valid", "valid"));
    const QByteArray changes = newAccountChanges();
    QVERIFY(changes.contains("session 0001 of 2") && changes.contains("session 0002 of 2"));
}

} // namespace parley::test
