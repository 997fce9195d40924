// SPDX-License-Identifier: MIT
#include "storage/clockwatch.h"

#include "support/fakeclock.h"

#include <QTest>

using namespace parley;
using storage::ClockWatch;

class ClockWatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClockThatTheStoreBelievesIsGoodWhileItGoesOn()
    {
        QVERIFY(!good()); // nobody has said anything yet
        QVERIFY(!note(false));
        m_clock.advance(24h * 365); // the store was away, but the clock was not set
        QVERIFY(good());
        m_clock.set(limits::ClockTolerance);
        QVERIFY(good());
        m_clock.set(1ms);
        QVERIFY(!good());
    }

    void aDoubtIsNewOnceAndEndsAfterItsTrial()
    {
        QVERIFY(note(true));
        QVERIFY(!note(true));
        QVERIFY(!good());
        m_clock.advance(limits::ClockTrial - 1ms);
        QVERIFY(!good());
        m_clock.advance(1ms);
        QVERIFY(good());
        QVERIFY(!note(false));
        QVERIFY(good());
        QVERIFY(note(true));
    }

    void aTrialBeginsAnewWhenTheClockIsSet()
    {
        QVERIFY(note(true));
        m_clock.advance(limits::ClockTrial);
        m_clock.set(-limits::ClockTolerance - 1ms);
        QVERIFY(!good());
        m_clock.advance(limits::ClockTrial);
        QVERIFY(good());
    }

    void whatWasDatedAheadIsNoticedOnce()
    {
        QVERIFY(!setBack());
        m_clock.set(24h);
        QVERIFY(!setBack());
        m_clock.set(-24h);
        QVERIFY(setBack());
        QVERIFY(!setBack());
        for (int i = 0; i < 2; ++i) { // little by little
            QVERIFY(!setBack());
            m_clock.set(-limits::ClockTolerance / 2 - 1ms);
        }
        QVERIFY(setBack());
    }

    void init()
    {
        m_watch = {};
        m_clock.set(1h); // wherever they are
    }

private:
    bool note(bool doubted) { return m_watch.note(doubted, m_clock.now(), m_clock.instant()); }
    bool good() { return m_watch.isGood(m_clock.now(), m_clock.instant()); }
    bool setBack() { return m_watch.wasSetBack(m_clock.now(), m_clock.instant()); }

    test::FakeClock m_clock;
    ClockWatch m_watch;
};

QTEST_GUILESS_MAIN(ClockWatchTest)
#include "clockwatch.moc"
