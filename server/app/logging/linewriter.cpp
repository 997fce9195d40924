// SPDX-License-Identifier: MIT
#include "app/logging/linewriter.h"

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace parley::app {

namespace {

// Blocks for as long as nobody reads. What cannot be written at all is given up.
void writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), size_t(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) { // somebody else made it so
            pollfd room{descriptor, POLLOUT, 0};
            ::poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return;
        }
    }
}

// Signals are for other threads.
std::thread startWithoutSignals(std::function<void()> work)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::move(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace

struct LineWriter::State {
    const int descriptor;
    const qint64 mostBytes;
    const TellDropped tellDropped;

    std::mutex mutex;
    std::condition_variable hasWork;
    std::condition_variable isIdle;
    QByteArray waiting;
    qint64 writingBytes = 0;
    quint64 dropped = 0; // ever
    quint64 droppedNow = 0; // since the thread last took what was waiting
    bool isEnding = false;

    bool isDone() const { return waiting.isEmpty() && writingBytes == 0 && droppedNow == 0; }
    void run();
};

void LineWriter::State::run()
{
    std::unique_lock lock(mutex);
    while (true) {
        hasWork.wait(lock, [&] { return isEnding || !isDone(); });
        if (isDone())
            return;
        QByteArray taken = std::exchange(waiting, {});
        // All that was dropped came after what was waiting: add() sees to it.
        if (const quint64 lines = std::exchange(droppedNow, 0); lines > 0)
            taken += tellDropped(lines);
        writingBytes = taken.size();
        lock.unlock();
        writeAll(descriptor, taken);
        taken.clear();
        lock.lock();
        writingBytes = 0;
        isIdle.notify_all();
    }
}

LineWriter::LineWriter(int descriptor, qint64 mostBytes, TellDropped tellDropped)
    : m_state(new State{descriptor, mostBytes, std::move(tellDropped), {}, {}, {}, {}})
{
    startWithoutSignals([state = m_state] { state->run(); }).detach();
}

LineWriter::~LineWriter()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->isEnding = true;
    m_state->hasWork.notify_all();
}

void LineWriter::add(const QByteArray &line)
{
    const std::lock_guard lock(m_state->mutex);
    const qint64 bytes = m_state->waiting.size() + m_state->writingBytes + line.size();
    if (m_state->droppedNow > 0 || bytes > m_state->mostBytes) {
        ++m_state->droppedNow;
        ++m_state->dropped;
    } else {
        m_state->waiting += line;
    }
    m_state->hasWork.notify_one();
}

quint64 LineWriter::dropped() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->dropped;
}

bool LineWriter::flush(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_state->mutex);
    return m_state->isIdle.wait_for(lock, atMost, [&] { return m_state->isDone(); });
}

} // namespace parley::app
