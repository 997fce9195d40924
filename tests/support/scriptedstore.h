// SPDX-License-Identifier: MIT
// A memory store that fails, or takes its time, as a test tells it to.
#pragma once

#include "storage/store.h"

#include <QSemaphore>

#include <atomic>
#include <map>
#include <mutex>

namespace parley::test {

// The test's side of the store. Outlives it; may be told things from any thread. Users 1 and 2
// exist.
class Script {
public:
    Script();

    std::unique_ptr<storage::Store> makeStore();

    std::atomic<bool> failOpening = false;
    std::atomic<bool> failWriting = false; // a full disk: transient, stays open
    std::atomic<bool> loseConnection =
        false; // once, at what is asked next: transient, needs open()
    // Once, after what is asked next: the connection breaks, and resolveDoubt() does not know what
    // became of it until mayKnow.
    enum class Doubt { None, WasDone, WasNotDone };
    std::atomic<Doubt> doubt = Doubt::None;
    std::atomic<bool> mayKnow = false;
    QByteArray doubtOf; // not what is asked next, but the operation with this ref, alone
    // What has a ref that begins so can never be done; set it before that is asked.
    QByteArray poison;

    // The next apply() with an operation that somebody asked for waits for release().
    void hold() { m_holding = true; }
    void awaitHeld() { m_held.acquire(); }
    bool isHeld() { return m_held.tryAcquire(); } // likewise; true once
    void release() { m_released.release(); }

    // Somebody else does this to the store, once: before what is asked next (or is held), or behind
    // it.
    enum class When { Before, Behind };
    void meanwhile(When, storage::Action);

    // What was asked for, batch by batch.
    struct Asked {
        ConnectionId asker;
        qint64 bytes = 0; // reserved for it
    };
    using Batches = std::vector<std::vector<Asked>>;
    Batches batches() const
    {
        const std::lock_guard lock(m_mutex);
        return m_batches;
    }

    int opens() const { return m_opens; }
    int resets() const { return m_resets; }
    bool isOpen() const { return m_open; }

private:
    friend class ScriptedStore;
    static bool isAsked(std::span<const storage::Operation>);
    std::optional<storage::Action> takeMeanwhile(When, std::span<const storage::Operation>);
    void note(std::span<const storage::Operation>);
    std::optional<Failure> failureOf(std::span<const storage::Operation>);

    std::atomic<bool> m_holding = false;
    QSemaphore m_held;
    QSemaphore m_released;
    std::atomic<int> m_opens = 0;
    std::atomic<int> m_resets = 0;
    std::atomic<bool> m_open = false;
    mutable std::mutex m_mutex; // guards what follows
    std::map<When, storage::Action> m_meanwhile;
    Batches m_batches;
};

} // namespace parley::test
