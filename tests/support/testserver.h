// SPDX-License-Identifier: MIT
// A whole server in the test's process, on a free port of 127.0.0.1.
#pragma once

#include "app/server.h"

#include <QTemporaryDir>
#include <QUrl>

#include <functional>

namespace parley::test {

// Users 1 ... 20 exist, named user1 ... user20, password "secret" (hashed at the lowest cost).
class TestServer {
public:
    static constexpr int Users = 20;
    static inline const QByteArray SecretKey = QByteArrayLiteral("test-key");
    using Adjust = std::function<void(app::Settings &)>;

    // storeUrl empty: a memory store. Other stores are given their users unless they have them.
    explicit TestServer(const Adjust &adjust = {}, const QString &storeUrl = {});
    ~TestServer();

    quint16 port() const { return m_port; }
    app::Server &server() { return *m_server; }
    // Of a chat connection with a time session of now.
    QUrl chatUrl(qint64 userId) const;
    QUrl chatUrl(qint64 userId, const QByteArray &session) const;

private:
    SystemClock m_clock;
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
