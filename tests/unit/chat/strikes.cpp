// SPDX-License-Identifier: MIT
// docs/protocol.md 4.8: 4400 at the tenth bad frame within a minute.
#include "chat/strikes.h"

#include <QTest>

using namespace parley;
using chat::Strikes;

namespace {
constexpr Instant Start{1'000'000ms};
}

class ChatStrikes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theTenthWithinAMinuteIsOut_data()
    {
        QTest::addColumn<int>("apartMs");
        QTest::newRow("at once") << 0;
        QTest::newRow("one a second") << 1000;
        QTest::newRow("just within the minute") << 60'000 / 9 - 1;
    }
    void theTenthWithinAMinuteIsOut()
    {
        QFETCH(int, apartMs);
        Strikes strikes;
        for (int i = 0; i < 9; ++i)
            QVERIFY(!strikes.add(Start + i * milliseconds(apartMs)));
        QVERIFY(strikes.add(Start + 9 * milliseconds(apartMs)));
    }

    void nineAMinuteMayGoOnForEver()
    {
        Strikes strikes;
        for (int i = 0; i < 1000; ++i)
            QVERIFY(!strikes.add(Start + i * 60'000ms / 9 + milliseconds(i)));
    }

    void theWindowSlides()
    {
        Strikes strikes;
        for (int i = 0; i < 9; ++i)
            QVERIFY(!strikes.add(Start + 59s));
        QVERIFY(!strikes.add(Start + 119s)); // the nine are a minute old
        for (int i = 0; i < 8; ++i)
            QVERIFY(!strikes.add(Start + 120s));
        QVERIFY(strikes.add(Start + 120s));
    }
};

QTEST_GUILESS_MAIN(ChatStrikes)
#include "strikes.moc"
