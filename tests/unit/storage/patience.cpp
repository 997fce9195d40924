// SPDX-License-Identifier: MIT
// The storage thread: what nobody waits for makes no commit of its own when another comes anyway.
#include "storage/storagethread.h"

#include "support/fakeclock.h"
#include "support/scriptedstore.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;

namespace {

const UserId Alice(1);
const UserId Bob(2);
// For ever: with it, only what is waited for makes a commit.
constexpr auto Endless = std::chrono::hours(1);

Operation send()
{
    return {StoreMessage{Alice, Bob, {}, "x", false, std::nullopt}, ConnectionId(1), {}};
}
Operation confirm(bool isAwaited = false)
{
    return {Confirm{Bob, {}, Seq(9)}, ConnectionId(2), {}, 0, isAwaited};
}
Operation online()
{
    return {WritePresence{{{Bob, true, {}}}}, ConnectionId(2), {}, 0, false};
}

} // namespace

class StoragePatienceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_batches.clear();
    }

    void aConfirmGoesWithTheNextSend()
    {
        const auto thread = start(Endless);
        thread->submit({confirm()});
        thread->submit({send()});
        expect("cs"); // in the order in which they were asked
    }

    void aConfirmThatWantsAnAnswerWaitsForNothing()
    {
        const auto thread = start(Endless);
        thread->submit({confirm()});
        thread->submit({confirm(true)});
        expect("cc");
    }

    // A login makes no commit of its own, and who asks after it sees it.
    void aChangeOfPresenceGoesWithTheNextSend()
    {
        const auto thread = start(Endless);
        thread->submit({online()});
        thread->submit({send()});
        expect("ps");
    }

    void whoReadsPresenceWaitsForNothingAndSeesWhatWasChanged()
    {
        const auto thread = start(Endless);
        thread->submit({online()});
        thread->submit({Operation{ReadPresence{{Bob}}, ConnectionId(1), {}}});
        expect("p?online");
    }

    void aChangeOfPresenceAloneIsCommittedSoon()
    {
        const auto thread = start(std::chrono::milliseconds(1));
        thread->submit({online()});
        expect("p");
    }

    void aSendWaitsForNothing()
    {
        const auto thread = start(Endless);
        thread->submit({send()});
        expect("s");
        thread->submit({send()}); // nor does it after one that was waited for
        expect("s|s");
    }

    void aConfirmAloneIsCommittedSoon()
    {
        const auto thread = start(std::chrono::milliseconds(1));
        thread->submit({confirm()});
        expect("c");
    }

    void aConfirmIsCommittedAtTheEnd()
    {
        const auto thread = start(Endless);
        thread->submit({confirm()});
        thread->finish();
        expect("c");
    }

private:
    std::unique_ptr<StorageThread> start(milliseconds patience)
    {
        auto thread = std::make_unique<StorageThread>(m_script.makeStore(), m_clock, patience);
        connect(thread.get(), &StorageThread::committed, this, &StoragePatienceTest::note);
        if (!thread->open())
            qFatal("the store does not open");
        return thread;
    }
    void note(const BatchPtr &batch)
    {
        QByteArray kinds;
        for (size_t i = 0; i < batch->operations.size(); ++i) {
            const Operation &operation = batch->operations[i];
            if (std::holds_alternative<Confirm>(operation.action))
                kinds += 'c';
            else if (std::holds_alternative<StoreMessage>(operation.action))
                kinds += 's';
            else if (std::holds_alternative<WritePresence>(operation.action))
                kinds += 'p';
            else if (std::holds_alternative<ReadPresence>(operation.action))
                kinds += std::get<FoundPresence>(batch->outcomes[i]).rows[0].online ? "?online"
                                                                                    : "?offline";
        }
        if (!kinds.isEmpty()) // it has its own work, too
            m_batches.append(kinds);
    }
    void expect(const QByteArray &batches)
    {
        QTRY_COMPARE(m_batches.join('|').size(), batches.size());
        QCOMPARE(m_batches.join('|'), batches);
    }

    test::FakeClock m_clock;
    test::Script m_script;
    QByteArrayList m_batches;
};

QTEST_GUILESS_MAIN(StoragePatienceTest)
#include "patience.moc"
