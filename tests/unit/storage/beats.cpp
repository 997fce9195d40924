// SPDX-License-Identifier: MIT
// A node decides that others are dead only when its own signs of life come through.
#include "storage/beats.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;

class StorageBeats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_beats = {};
        m_now = Instant(NodeTimeout);
        m_beats.begin(m_now);
    }

    void oneIsDueAfterEachInterval()
    {
        QVERIFY(!m_beats.take(m_now));
        QVERIFY(!m_beats.take(m_now + NodeBeat - milliseconds(1)));
        QVERIFY(m_beats.take(m_now + NodeBeat));
        QVERIFY(!m_beats.take(m_now + NodeBeat));
    }

    void threeInARowAreNeeded()
    {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!m_beats.mayForgetOthers());
            comes(Beaten());
        }
        QVERIFY(m_beats.mayForgetOthers());
    }

    // The store was away, perhaps from all nodes.
    void afterAFailureThreeAreNeededAgain()
    {
        for (int i = 0; i < 3; ++i)
            comes(Beaten());
        m_now += NodeBeat;
        m_beats.note(nullptr, m_now);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!m_beats.mayForgetOthers());
            comes(Beaten());
        }
        QVERIFY(m_beats.mayForgetOthers());
    }

    // This node was stopped, or the store took its time.
    void oneThatIsLateBeginsAnew()
    {
        for (int i = 0; i < 3; ++i)
            comes(Beaten());
        m_now += NodeTimeout;
        comes(Beaten());
        QVERIFY(!m_beats.mayForgetOthers());
    }

    void whoWasForgottenBeginsAnew()
    {
        for (int i = 0; i < 3; ++i)
            comes(Beaten());
        comes(Beaten{true, {}});
        QVERIFY(!m_beats.mayForgetOthers());
    }

private:
    void comes(const Beaten &beaten)
    {
        m_now += NodeBeat;
        m_beats.note(&beaten, m_now);
    }

    Beats m_beats;
    Instant m_now;
};

QTEST_GUILESS_MAIN(StorageBeats)
#include "beats.moc"
