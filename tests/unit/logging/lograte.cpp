// SPDX-License-Identifier: MIT
#include "app/logging/lograte.h"

#include "core/log.h"

#include <QTest>

using namespace parley;
using namespace parley::app;

class LogRateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenAtOnceThenOneASecond()
    {
        LogRate rate;
        const LineKind kind{"c", "file", 7};
        for (int i = 0; i < limits::LogBurst; ++i)
            QVERIFY(rate.ask(kind, at(0)).mayCome);
        QVERIFY(!rate.ask(kind, at(0)).mayCome);
        QVERIFY(!rate.ask(kind, at(999)).mayCome);
        const auto next = rate.ask(kind, at(1000));
        QVERIFY(next.mayCome);
        QCOMPARE(next.leftOut, 2u);
        QVERIFY(!rate.ask(kind, at(1000)).mayCome);
        const auto after = rate.ask(kind, at(2000));
        QVERIFY(after.mayCome);
        QCOMPARE(after.leftOut, 1u);
    }

    void restIsMadeGoodUpToTheBurst()
    {
        LogRate rate;
        const LineKind kind{"c", "file", 7};
        for (const int second : {0, 3600}) {
            int came = 0;
            for (int i = 0; i < 100; ++i)
                came += rate.ask(kind, at(1000 * second)).mayCome ? 1 : 0;
            QCOMPARE(came, limits::LogBurst);
        }
    }

    void oneKindDoesNotHideAnother()
    {
        static constexpr char Category[] = "c";
        static constexpr char File[] = "file";
        LogRate rate;
        for (int i = 0; i < 100; ++i)
            static_cast<void>(rate.ask({Category, File, 7}, at(0)));
        QVERIFY(rate.ask({Category, File, 8}, at(0)).mayCome);
        QVERIFY(rate.ask({Category, nullptr, 0}, at(0)).mayCome);
    }

    // Each address that guesses must be seen.
    void securityEventsHaveMoreRoom()
    {
        LogRate rate;
        const LineKind kind{lcSecurity().categoryName(), "failed_login", 0};
        for (int i = 0; i < limits::SecurityLogBurst; ++i)
            QVERIFY(rate.ask(kind, at(0)).mayCome);
        QVERIFY(!rate.ask(kind, at(0)).mayCome);
        QVERIFY(rate.ask(kind, at(10)).mayCome);
    }

    void whatIsNotToldYetIsTakenOnce()
    {
        LogRate rate;
        for (int i = 0; i < 15; ++i) {
            static_cast<void>(rate.ask({"a", "file", 1}, at(0)));
            static_cast<void>(rate.ask({"b", "file", 2}, at(0)));
        }
        const std::map<QByteArray, quint64> wanted{{"a", 5}, {"b", 5}};
        QCOMPARE(rate.takeLeftOut(), wanted);
        QVERIFY(rate.takeLeftOut().empty());
    }

private:
    static Instant at(int ms) { return Instant(milliseconds(ms)); }
};

QTEST_GUILESS_MAIN(LogRateTest)
#include "lograte.moc"
