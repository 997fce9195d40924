// SPDX-License-Identifier: MIT
// A whole server in the test's process, on a free port of 127.0.0.1.
#pragma once

#include "app/server.h"

#include <QTemporaryDir>
#include <QUrl>

#include <atomic>
#include <functional>

namespace parley::test {

// The system's clock, and what a test added to it.
class ShiftedClock final : public Clock {
public:
    Time now() const override { return m_system.now() + milliseconds(m_shift); }
    Instant instant() const override { return m_system.instant() + milliseconds(m_shift); }
    void advance(milliseconds by) { m_shift += by.count(); }

private:
    const SystemClock m_system{};
    std::atomic<qint64> m_shift = 0;
};

// Users 1 ... 20 exist, named user1 ... user20, password "secret" (hashed at the lowest cost).
class TestServer {
public:
    static constexpr int Users = 20;
    static inline const QByteArray SecretKey = QByteArrayLiteral("test-key");
    using Adjust = std::function<void(app::Settings &)>;

    // storeUrl empty: a memory store. Other stores are given their users unless they have them.
    explicit TestServer(const Adjust &adjust = {}, const QString &storeUrl = {});
    // One of several nodes.
    TestServer(const Adjust &adjust, const QString &storeUrl, std::unique_ptr<storage::Bus>);
    // On this store, which is given its users, too.
    explicit TestServer(std::unique_ptr<storage::Store>, const Adjust &adjust = {});
    ~TestServer();

    quint16 port() const { return m_port; }
    QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(m_port)); }
    app::Server &server() { return *m_server; }
    const Clock &clock() const { return m_clock; }
    // For the server so much time has passed at once.
    void advance(milliseconds by) { m_clock.advance(by); }
    // Of a chat connection with a time session of now.
    QUrl chatUrl(qint64 userId) const;
    QUrl chatUrl(qint64 userId, const QByteArray &session) const;

private:
    void start(
        const app::Settings &, std::unique_ptr<storage::Store>, std::unique_ptr<storage::Bus> = {});

    ShiftedClock m_clock;
    std::unique_ptr<app::Server> m_server;
    quint16 m_port = 0;
};

// A SQLite URL in a folder that goes away with it.
class TemporaryDatabase {
public:
    QString url() const { return QStringLiteral("sqlite:") + path(); }
    QString path() const { return m_folder.filePath(QStringLiteral("parley.db")); }

private:
    QTemporaryDir m_folder;
};

} // namespace parley::test
