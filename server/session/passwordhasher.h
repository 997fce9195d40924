// SPDX-License-Identifier: MIT
// Argon2id on threads of its own: a check takes tens of milliseconds and 64 MiB.
#pragma once

#include "core/counters.h"

#include <QByteArray>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace parley::session {

class PasswordHasher {
public:
    // The cost of making and checking a hash. ForTests is no protection.
    enum class Strength { Interactive, ForTests };

    // Blocks for one hash: the dummy that unknown names are checked against.
    explicit PasswordHasher(int threads, Strength strength = Strength::Interactive);
    // Waits for the checks that run and drops those that wait: their `done` is never called. No
    // verify() may be under way.
    ~PasswordHasher();
    Q_DISABLE_COPY_MOVE(PasswordHasher)

    // Whose check it is: of the name that wants to log in, from this network address.
    struct Who {
        QByteArray name;
        QByteArray address;
    };
    // false: limits::HashingQueue checks are waiting already, or as many as one name or one address
    // may have, and nothing is done. Names take turns, so that one with many checks waiting does
    // not keep the others waiting. Else done(whether the password is right) is called once, on a
    // thread of the pool, which is busy until it returns. An empty hash, or one that is none, is
    // never right but takes as long as one of the pool's strength; so have an unknown or disabled
    // user's password checked against an empty one. Never blocks. Any thread. Hand the password
    // over by move: it is wiped.
    [[nodiscard]] bool verify(
        Who, QByteArray password, QByteArray storedHash, std::function<void(bool)> done);

    // For the metrics.
    struct Figures {
        int checks = 0; // waiting or running
        HistogramFigures waited; // for their turn, in microseconds
        HistogramFigures took; // then, likewise
    };
    Figures figures() const; // any thread

    // In libsodium's text form, with its own salt and cost in it. Blocks. Any thread.
    static QByteArray hash(QByteArrayView password, Strength strength = Strength::Interactive);

private:
    class Check;
    using CheckPtr = std::unique_ptr<Check>;

    CheckPtr takeNext();
    void runNext();

    const QByteArray m_dummyHash;
    mutable std::mutex m_mutex; // guards what follows
    std::map<QByteArray, std::deque<CheckPtr>> m_waiting; // by name; none is empty
    std::deque<QByteArray> m_turns; // the names in m_waiting
    // Waiting or running.
    int m_checks = 0;
    Durations m_waited; // see Figures
    Durations m_took;
    std::map<QByteArray, int> m_checksOfName;
    std::map<QByteArray, int> m_checksFrom; // an address

    QThreadPool m_pool;
};

} // namespace parley::session
