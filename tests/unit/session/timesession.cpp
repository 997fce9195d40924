// SPDX-License-Identifier: MIT
#include "session/timesession.h"

#include <QTest>

using namespace parley;
using namespace parley::session;
using namespace std::chrono;

class TimeSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isMintedAsTheContractSays_data();
    void isMintedAsTheContractSays();
    void isValidInItsMinuteTheOneBeforeAndTheFiveAfter_data();
    void isValidInItsMinuteTheOneBeforeAndTheFiveAfter();
    void rangeOfMinutesIsTheRules();
    void isNobodyElses();
    void nothingElseIsOne_data();
    void nothingElseIsOne();
    void withoutAKeyNoneIsValid();
    void lifetimeCoversTheWholeValidity();
    void theKeyOfBeforeIsValidUntilItsEnd();
};

namespace {

const QByteArray Key = QByteArrayLiteral("s3cret-key");
constexpr UserId Alice(1);

constexpr Time at(year_month_day day, hours hour = 0h, minutes minute = 0min)
{
    return sys_days(day) + hour + minute;
}

constexpr Time Made = at(2026y / 11 / 23, 18h, 5min);

} // namespace

void TimeSessionTest::isMintedAsTheContractSays_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<qint64>("user");
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QByteArray>("session");

    const auto row = [](const char *name, const char *key, qint64 user, Time time,
                         const char *session) {
        QTest::newRow(name) << QByteArray(key) << user << toMs(time) << QByteArray(session);
    };
    row("alice", "s3cret-key", 1, Made, "77c112ebdb947ceeb0baabe9a4dd21c8");
    row("its last millisecond", "s3cret-key", 1, Made + 59'999ms,
        "77c112ebdb947ceeb0baabe9a4dd21c8");
    row("user 42", "s3cret-key", 42, Made, "8e68432d1efb3970e30551dd81f8b684");
    row("the largest id, new year", "k", MaxInteger, at(2027y / 1 / 1),
        "6f59b7d1452c3af12dbc70ebeb214161");
    // md5("k10001010000"): a year below ten keeps its zero
    row("year 2000", "k", 1, at(2000y / 1 / 1), "3368443d44182cfd8afdb3acdeb08626");
}

void TimeSessionTest::isMintedAsTheContractSays()
{
    QFETCH(QByteArray, key);
    QFETCH(qint64, user);
    QFETCH(qint64, time);
    QTEST(mintTimeSession(key, UserId(user), fromMs(time)), "session");
}

void TimeSessionTest::isValidInItsMinuteTheOneBeforeAndTheFiveAfter_data()
{
    QTest::addColumn<qint64>("made");

    QTest::newRow("within an hour") << toMs(at(2026y / 11 / 23, 18h, 25min));
    QTest::newRow("over an hour's end") << toMs(at(2026y / 11 / 23, 18h, 58min));
    QTest::newRow("first of a day") << toMs(at(2026y / 11 / 23));
    QTest::newRow("last of a day") << toMs(at(2026y / 11 / 23, 23h, 59min));
    QTest::newRow("first of a year") << toMs(at(2027y / 1 / 1));
    QTest::newRow("last of a year") << toMs(at(2026y / 12 / 31, 23h, 59min));
    QTest::newRow("last of a leap day") << toMs(at(2028y / 2 / 29, 23h, 59min));
}

void TimeSessionTest::isValidInItsMinuteTheOneBeforeAndTheFiveAfter()
{
    QFETCH(qint64, made);
    const Time minute = fromMs(made);
    const TimeSessionRule rule{Key};
    const QByteArray session = mintTimeSession(Key, Alice, minute);

    for (int offset = -10; offset <= 10; ++offset) {
        const bool valid = offset >= -1 && offset <= 5;
        const Time first = minute + minutes(offset);
        QCOMPARE(isTimeSession(rule, Alice, session, first), valid);
        QCOMPARE(isTimeSession(rule, Alice, session, first + 59'999ms), valid);
    }
}

void TimeSessionTest::rangeOfMinutesIsTheRules()
{
    const QByteArray session = mintTimeSession(Key, Alice, Made);
    const TimeSessionRule exact{Key, 0, 0};
    QVERIFY(!isTimeSession(exact, Alice, session, Made - 1ms));
    QVERIFY(isTimeSession(exact, Alice, session, Made));
    QVERIFY(!isTimeSession(exact, Alice, session, Made + 1min));

    const TimeSessionRule wide{Key, 3, 30};
    QVERIFY(!isTimeSession(wide, Alice, session, Made - 3min - 1ms));
    QVERIFY(isTimeSession(wide, Alice, session, Made - 3min));
    QVERIFY(isTimeSession(wide, Alice, session, Made + 31min - 1ms));
    QVERIFY(!isTimeSession(wide, Alice, session, Made + 31min));
}

void TimeSessionTest::isNobodyElses()
{
    const QByteArray session = mintTimeSession(Key, Alice, Made);
    QVERIFY(!isTimeSession({Key}, UserId(2), session, Made));
    QVERIFY(!isTimeSession({Key}, UserId(11), session, Made));
    QVERIFY(!isTimeSession({QByteArrayLiteral("another-key")}, Alice, session, Made));
}

void TimeSessionTest::nothingElseIsOne_data()
{
    QTest::addColumn<QByteArray>("session");

    const QByteArray right = mintTimeSession(Key, Alice, Made);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one short") << right.chopped(1);
    QTest::newRow("one long") << right + '0';
    QTest::newRow("a zero byte long") << right + '\0';
    QTest::newRow("twice") << right + right;
    QTest::newRow("capitals") << right.toUpper();
    QTest::newRow("zero bytes") << QByteArray(32, '\0');
    QByteArray last = right;
    last.back() = last.back() == '0' ? '1' : '0';
    QTest::newRow("another last digit") << last;
    QByteArray first = right;
    first.front() = first.front() == '0' ? '1' : '0';
    QTest::newRow("another first digit") << first;
}

void TimeSessionTest::nothingElseIsOne()
{
    QFETCH(QByteArray, session);
    QVERIFY(!isTimeSession({Key}, Alice, session, Made));
}

void TimeSessionTest::withoutAKeyNoneIsValid()
{
    QVERIFY(!isTimeSession({}, Alice, mintTimeSession({}, Alice, Made), Made));
}

void TimeSessionTest::lifetimeCoversTheWholeValidity()
{
    QCOMPARE(lifetime({Key}), milliseconds(7min));
    QCOMPARE(lifetime({Key, 0, 0}), milliseconds(1min));
}

void TimeSessionTest::theKeyOfBeforeIsValidUntilItsEnd()
{
    const QByteArray old = mintTimeSession(Key, Alice, Made);
    const TimeSessionRule rule{"a new key", 1, 5, Key, Made + 2min};
    QVERIFY(isTimeSession(rule, Alice, mintTimeSession("a new key", Alice, Made), Made));
    QVERIFY(isTimeSession(rule, Alice, old, Made));
    QVERIFY(isTimeSession(rule, Alice, old, Made + 2min - 1ms));
    QVERIFY(!isTimeSession(rule, Alice, old, Made + 2min));
    QVERIFY(!isTimeSession(rule, UserId(2), old, Made));
    // No key of before is not an empty one.
    const TimeSessionRule none{"a new key", 1, 5, {}, Made + 2min};
    QVERIFY(!isTimeSession(none, Alice, mintTimeSession({}, Alice, Made), Made));
}

QTEST_GUILESS_MAIN(TimeSessionTest)
#include "timesession.moc"
