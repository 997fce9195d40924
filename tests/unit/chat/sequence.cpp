// SPDX-License-Identifier: MIT
// The messages of one mailbox, put in order (invariant 3, where several nodes store them).
#include "chat/sequence.h"

#include "core/limits.h"

#include <QTest>

using namespace parley;
using chat::NewMessage;
using chat::Sequence;
using Verdict = Sequence::Verdict;

namespace {

NewMessage message(qint64 seq, qsizetype bytes = 0)
{
    return {{Seq(seq), UserId(2), QByteArray(bytes, 'x'), {}, {}}, 1};
}

} // namespace

class ChatSequence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_held = 0; }

    void whereNobodyFollowsAllPass()
    {
        Sequence sequence;
        QCOMPARE(sequence.offer(Seq(7)), Verdict::Deliver);
        QCOMPARE(sequence.offer(Seq(3)), Verdict::Deliver);
        QVERIFY(!sequence.isMissing());
    }

    void deliversEachOnceAndInOrder()
    {
        Sequence sequence;
        sequence.follow(Seq(5));
        QCOMPARE(sequence.offer(Seq(4)), Verdict::Drop);
        QCOMPARE(sequence.offer(Seq(5)), Verdict::Deliver);
        QCOMPARE(sequence.offer(Seq(5)), Verdict::Drop);
        QVERIFY(!sequence.isMissing());
        QCOMPARE(sequence.offer(Seq(7)), Verdict::Hold);
        QVERIFY(sequence.isMissing());
    }

    void whatIsHeldFollowsWhatWasMissing()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        for (const qint64 seq : {3, 2, 3}) {
            QCOMPARE(sequence.offer(Seq(seq)), Verdict::Hold);
            sequence.hold(message(seq), m_held);
        }
        QVERIFY(!sequence.takeNext());
        QCOMPARE(sequence.offer(Seq(1)), Verdict::Deliver);
        QCOMPARE(sequence.takeNext()->message.seq, Seq(2));
        QCOMPARE(sequence.takeNext()->message.seq, Seq(3));
        QVERIFY(!sequence.takeNext());
        QVERIFY(!sequence.isMissing());
        QCOMPARE(m_held, 0);
    }

    // A fact that came before the mailbox was read to its end, and is of later.
    void whatWasHeardOfBeforeItFollowsIsMissing()
    {
        Sequence sequence;
        sequence.offer(Seq(8));
        sequence.follow(Seq(8));
        QVERIFY(sequence.isMissing());
    }

    // Another connection of the user's is further.
    void whoFollowsFromBeforeMissesWhatOthersHave()
    {
        Sequence sequence;
        sequence.follow(Seq(5));
        sequence.offer(Seq(5));
        sequence.offer(Seq(6));
        sequence.follow(Seq(6));
        QVERIFY(sequence.isMissing());
        QCOMPARE(sequence.beginLook(1), Seq(5));
        QVERIFY(sequence.find(Seq(6)));
        sequence.skipTo(Seq(6));
        sequence.endLook(true);
        QVERIFY(!sequence.isMissing());
    }

    void whoStopsForgetsNothing()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.offer(Seq(1));
        sequence.offer(Seq(2));
        sequence.stop();
        sequence.follow(Seq(2));
        QVERIFY(sequence.isMissing());
    }

    // What is not there was confirmed.
    void aLookSkipsWhatIsGone()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.offer(Seq(5));
        QCOMPARE(sequence.beginLook(1), Seq(0));
        QVERIFY(sequence.isLooking());
        QVERIFY(sequence.isLookGood());
        QVERIFY(sequence.find(Seq(3)));
        QVERIFY(!sequence.find(Seq(2)));
        sequence.skipTo(Seq(5));
        sequence.endLook(true);
        QVERIFY(!sequence.isMissing());
        QCOMPARE(sequence.offer(Seq(6)), Verdict::Deliver);
    }

    // It may have been read before that was committed.
    void whatIsHeardOfDuringALookMayNeedAnother()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.offer(Seq(2));
        sequence.beginLook(1);
        sequence.offer(Seq(4));
        QVERIFY(sequence.find(Seq(1)));
        QVERIFY(sequence.find(Seq(2)));
        sequence.skipTo(Seq(2));
        sequence.endLook(true);
        QVERIFY(sequence.isMissing());
    }

    // Else it would be looked for over and over.
    void aSeqThatIsNotThereIsLookedForOnce()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.heardOf(Seq(1'000'000));
        sequence.beginLook(1);
        sequence.skipTo(Seq(0));
        sequence.endLook(true);
        QVERIFY(!sequence.isMissing());
    }

    void aLookThatFailsIsNotTheLast()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.offer(Seq(2));
        sequence.beginLook(1);
        sequence.endLook(false);
        QVERIFY(sequence.isMissing());
    }

    void aLookIsOfNoUseToWhoFollowsFromBefore()
    {
        Sequence sequence;
        sequence.follow(Seq(7));
        sequence.offer(Seq(8));
        QCOMPARE(sequence.beginLook(1), Seq(6));
        sequence.follow(Seq(5));
        QVERIFY(!sequence.isLookGood());
        sequence.endLook(false);
        QVERIFY(sequence.isMissing());
        QCOMPARE(sequence.beginLook(1), Seq(4));
    }

    void isNotInUseWithoutFollowers()
    {
        Sequence sequence;
        sequence.follow(Seq(1));
        sequence.offer(Seq(2));
        sequence.beginLook(1);
        sequence.stop();
        QVERIFY(sequence.isLooking());
        QVERIFY(!sequence.isLookGood());
        sequence.endLook(false);
        QVERIFY(!sequence.isLooking());
    }

    // Invariant 6.
    void whatIsHeldIsBounded()
    {
        constexpr qsizetype Bytes = 32 << 10;
        std::vector<Sequence> sequences(100);
        for (Sequence &sequence : sequences) {
            sequence.follow(Seq(1));
            for (qint64 seq = 2; seq < 100; ++seq) {
                const qint64 before = m_held;
                sequence.hold(message(seq, Bytes), m_held);
                QVERIFY(m_held - before <= Bytes + limits::RowBytes);
            }
            QVERIFY(m_held <= limits::HeldBytes);
        }
        QVERIFY(m_held > limits::HeldBytes - limits::HeldBytesOfMailbox);
        sequences.front().beginLook(1); // finds them
        QVERIFY(m_held <= limits::HeldBytes - limits::HeldBytesOfMailbox + Bytes);
        sequences.clear();
        QCOMPARE(m_held, 0);
    }

private:
    qint64 m_held = 0;
};

QTEST_GUILESS_MAIN(ChatSequence)
#include "sequence.moc"
