// SPDX-License-Identifier: MIT
// A storage thread on a scripted store, for the tests of what it does.
#pragma once

#include "storage/storagethread.h"
#include "support/fakeclock.h"
#include "support/scriptedstore.h"
#include "support/stores.h"

#include <QTest>

#include <algorithm>

namespace parley::test {

using namespace storage;

inline Operation send(const QByteArray &ref, const QByteArray &body = QByteArrayLiteral("x"))
{
    return {StoreMessage{Alice, Bob, ref, body, false, std::nullopt}, ConnectionId(1), ref};
}
inline Operation fetch(const QByteArray &ref)
{
    return {Fetch{Bob, Seq(), 100, 1 << 20}, ConnectionId(1), ref};
}
inline Operation ofBob(Operation operation)
{
    operation.asker = ConnectionId(2);
    return operation;
}
inline PresenceChange heartbeat(UserId user, Time at)
{
    return {user, std::nullopt, at};
}

// The thread, and the batches that came of it.
class Scene {
public:
    Scene()
        : thread(script.makeStore(), clock)
    {
        QObject::connect(&thread, &StorageThread::committed, &m_here,
            [this](const BatchPtr &batch) { note(batch); });
        opened = bool(thread.open());
    }

    // The outcome of the operation with this ref, when it has come.
    Outcome outcome(const QByteArray &ref)
    {
        if (!QTest::qWaitFor([&] { return m_outcomes.contains(ref); })) {
            QTest::qFail(("no outcome of " + ref).constData(), __FILE__, __LINE__);
            return Refused();
        }
        return m_outcomes.at(ref);
    }
    Outcome outcomeOf(const Operation &operation)
    {
        thread.submit({operation});
        return outcome(operation.ref);
    }
    std::optional<ErrorCode> refusal(const QByteArray &ref)
    {
        const Outcome found = outcome(ref);
        const auto *refused = std::get_if<Refused>(&found);
        return refused ? std::optional(refused->code) : std::nullopt;
    }
    // The refs of the operations of each batch that somebody waits for: "a|bc".
    QByteArray batches() const { return m_batches.join('|'); }
    // The heartbeats written, of each batch: "1@0" is user 1 at the clock's start.
    QByteArrayList heartbeats() const { return m_heartbeats; }

    // Everything submitted until script.release() goes into one batch.
    void hold()
    {
        script.hold();
        thread.submit({send("held")});
        script.awaitHeld();
    }

    FakeClock clock;
    Script script;
    StorageThread thread;
    bool opened = false;

private:
    void note(const BatchPtr &batch)
    {
        QByteArray refs;
        for (size_t i = 0; i < batch->operations.size(); ++i) {
            const Operation &operation = batch->operations[i];
            refs += operation.ref;
            if (!operation.ref.isEmpty())
                m_outcomes[operation.ref] = batch->outcomes[i];
            if (const auto *beats = std::get_if<WritePresence>(&operation.action))
                noteHeartbeats(*beats);
        }
        if (!refs.isEmpty())
            m_batches.append(refs);
    }
    void noteHeartbeats(const WritePresence &beats)
    {
        QByteArrayList texts;
        for (const PresenceChange &change : beats.changes)
            texts.append(QByteArray::number(change.user.value()) + '@'
                + QByteArray::number((*change.lastSeen - FakeClock().now()).count()));
        std::ranges::sort(texts);
        m_heartbeats.append(texts.join(','));
    }

    QObject m_here;
    QByteArrayList m_batches;
    QByteArrayList m_heartbeats;
    std::map<QByteArray, Outcome> m_outcomes;
};

} // namespace parley::test
