// SPDX-License-Identifier: MIT
// A server in a process of its own, and what the tests of its border do with it.
#pragma once

#include "session/timesession.h"
#include "support/daemon.h"
#include "support/rawclient.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace parley::test {

class Besieged {
public:
    static inline const QByteArray Key = QByteArrayLiteral("key");
    static inline const QByteArray AdminToken = QByteArrayLiteral("admin-token-of-tests");

    // With users 1 to 20, in a store of its own.
    explicit Besieged(const QStringList &options = {}, int descriptors = 0, qint64 fileBytes = 0)
        : daemon(QStringLiteral(PARLEYD),
            QStringLiteral("sqlite:") + m_folder.filePath(QStringLiteral("parley.db")),
            m_folder.path(), Key)
    {
        QByteArray users;
        for (int id = 1; id <= 20; ++id)
            users += QByteArray::number(id) + ",user" + QByteArray::number(id) + '\n';
        if (!daemon.administer(
                {QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")}, users))
            QTest::qFail("no users", __FILE__, __LINE__);
        QProcessEnvironment environment = daemon.process().processEnvironment();
        environment.insert(QStringLiteral("PARLEY_ADMIN_TOKEN"), QString::fromLatin1(AdminToken));
        // A sanitizer keeps what was freed; not so much of it that its memory says nothing.
        const QString asan = QStringLiteral("ASAN_OPTIONS");
        environment.insert(asan, environment.value(asan) + QStringLiteral(":quarantine_size_mb=4"));
        daemon.process().setProcessEnvironment(environment);
        daemon.setOptions(options, descriptors, fileBytes);
        if (!daemon.start())
            QTest::qFail("it did not start", __FILE__, __LINE__);
    }

    QUrl chatUrl(int user) const
    {
        const QByteArray session = session::mintTimeSession(Key, UserId(user), SystemClock().now());
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/chat/private?userId=%2&session=%3")
                        .arg(daemon.port())
                        .arg(user)
                        .arg(QString::fromLatin1(session)));
    }
    // Connections that say nothing.
    std::vector<std::unique_ptr<RawClient>> silent(int count, const QByteArray &source) const
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < count; ++i)
            clients.push_back(std::make_unique<RawClient>(daemon.port(), source));
        return clients;
    }
    QByteArray metrics() const
    {
        return ask(daemon.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n").body;
    }
    int health() const { return ask(daemon.port(), HealthRequest).status; }

private:
    QTemporaryDir m_folder;

public:
    Daemon daemon;
};

} // namespace parley::test
