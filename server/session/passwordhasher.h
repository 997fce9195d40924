// SPDX-License-Identifier: MIT
// Argon2id on threads of its own: a check takes tens of milliseconds and 64 MiB.
#pragma once

#include <QByteArray>
#include <QThreadPool>

#include <atomic>
#include <functional>

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

    // false: limits::HashingQueue checks are waiting already, and nothing is done. Else
    // done(whether the password is right) is called once, on a thread of the pool, which is busy
    // until it returns. An empty hash, or one that is none, is never right but takes as long as one
    // of the pool's strength; so have an unknown or disabled user's password checked against an
    // empty one. Never blocks. Any thread. Hand the password over by move: it is wiped.
    [[nodiscard]] bool verify(
        QByteArray password, QByteArray storedHash, std::function<void(bool)> done);

    // In libsodium's text form, with its own salt and cost in it. Blocks. Any thread.
    static QByteArray hash(QByteArrayView password, Strength strength = Strength::Interactive);

private:
    class Check;

    const QByteArray m_dummyHash;
    std::atomic<int> m_checks = 0; // waiting or running
    QThreadPool m_pool;
};

} // namespace parley::session
