// SPDX-License-Identifier: MIT
// What was missed is found out: by the numbers of notices, and by what the store has committed.
#include "coordinator/watermark.h"

#include <QTest>

using namespace parley;
using namespace parley::coordinator;
using namespace std::chrono_literals;

class CoordinatorWatermark : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_watermark = {};
        m_now = Instant(1h);
    }

    void aGapInTheNumbersIsMissed()
    {
        QVERIFY(m_watermark.heard("a", 7, 0, m_now));
        QVERIFY(!m_watermark.heard("a", 8, 0, m_now));
        QVERIFY(!m_watermark.heard("b", 1, 0, m_now));
        QVERIFY(!m_watermark.heard("a", 8, 0, m_now));
        QVERIFY(m_watermark.heard("a", 10, 0, m_now));
        QVERIFY(!m_watermark.heard("a", 9, 0, m_now)); // late
        QVERIFY(!m_watermark.heard("a", 11, 0, m_now));
    }

    void whatIsToldInTimeIsNotMissed()
    {
        for (qint64 mark = 1; mark < 20; ++mark) {
            QVERIFY(!reads({{"a", mark}}));
            m_now += TellTime;
            m_watermark.heard("a", mark, mark, m_now);
        }
    }

    void whatIsCommittedAndNotToldIsMissed()
    {
        m_watermark.heard("a", 1, 5, m_now);
        QVERIFY(!reads({{"a", 5}}));
        QVERIFY(!reads({{"a", 6}}));
        QCOMPARE(m_watermark.lag(), 1);
        m_now += TellTime - 1ms;
        QVERIFY(!reads({{"a", 8}}));
        m_now += 1ms;
        QVERIFY(reads({{"a", 9}}));
        QVERIFY(!reads({{"a", 9}})); // once
        m_now += TellTime;
        QVERIFY(!reads({{"a", 9}}));
        QCOMPARE(m_watermark.lag(), 0);
    }

    // It had no time to tell anything.
    void aWriterThatWasNeverHeardIsMissed()
    {
        QVERIFY(!reads({{"a", 1}}));
        m_now += TellTime;
        QVERIFY(reads({{"a", 1}}));
    }

    // One that writes all the time must not hide that it is not heard.
    void aBusyWriterThatIsNotHeardIsMissed()
    {
        bool isMissed = false;
        for (qint64 mark = 1; mark < 10 && !isMissed; ++mark) {
            isMissed = reads({{"a", mark}});
            m_now += TellTime / 2;
        }
        QVERIFY(isMissed);
    }

    void itsOwnCommitsAreNotMissed()
    {
        QVERIFY(!reads({{"own", 1}}));
        m_now += 1h;
        QVERIFY(!reads({{"own", 1}}));
    }

    void isDeafWhenWhatItTellsDoesNotComeBack()
    {
        m_watermark.told(1, m_now);
        m_watermark.told(2, m_now + EchoTime / 2);
        QVERIFY(!m_watermark.isDeaf(m_now + EchoTime));
        QVERIFY(m_watermark.isDeaf(m_now + EchoTime + 1ms));
        m_watermark.echoed(1);
        QVERIFY(!m_watermark.isDeaf(m_now + EchoTime + 1ms));
        m_watermark.echoed(2);
        QVERIFY(!m_watermark.isDeaf(m_now + 1h));
    }

    void isNotDeafForWhatItToldBeforeItListened()
    {
        m_watermark.told(1, m_now);
        m_watermark.listens();
        QVERIFY(!m_watermark.isDeaf(m_now + 1h));
    }

private:
    bool reads(const std::vector<storage::CommitMark> &marks)
    {
        return m_watermark.read(marks, "own", m_now);
    }

    Watermark m_watermark;
    Instant m_now;
};

QTEST_GUILESS_MAIN(CoordinatorWatermark)
#include "watermark.moc"
