// SPDX-License-Identifier: MIT
// Secrets in the configuration: from files or the environment, and what is odd about them.
#include "app/settings/secretfile.h"
#include "app/settings/sources.h"

#include "support/why.h"
#include "support/write.h"
#include "unit/settings/sources.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace parley::app;
using parley::test::failureOf;
using parley::test::why;

class SecretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksOfAnEditorChangeNothing()
    {
        Sources sources;
        sources.file =
            write("marks.toml", "\xef\xbb\xbflimits.burst = 7\r\nlog.level = 'error'\r\n");
        const QString key = write("marked", "\xef\xbb\xbfs3cret key\r\n");
        QVERIFY(QFile::setPermissions(key, QFile::ReadOwner));
        sources.environment.insert("PARLEY_SESSION_SECRET_KEY_FILE", key.toUtf8());
        sources.environment.insert("PARLEY_ADMIN_TOKEN", "token\r\n");
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->settings.limits.burst, 7);
        QVERIFY(configuration->settings.logLevel == LogLevel::Error);
        QCOMPARE(configuration->settings.secretKey, "s3cret key");
        QCOMPARE(configuration->settings.adminToken, "token");
    }

    void secretComesFromItsFile()
    {
        Sources sources;
        sources.environment.insert(
            "PARLEY_SESSION_SECRET_KEY_FILE", write("secret", "s3cret key\n").toUtf8());
        QVERIFY(QFile::setPermissions(
            m_dir.filePath(QStringLiteral("secret")), QFile::ReadOwner | QFile::WriteOwner));
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->settings.secretKey, "s3cret key");
        QCOMPARE(configuration->warnings, QStringList());
    }

    void secretOfTheEnvironmentWins()
    {
        Sources sources;
        sources.environment = {{"PARLEY_SECRET_KEY", "direct"}, {"PARLEY_ADMIN_TOKEN", "token"},
            {"PARLEY_SESSION_SECRET_KEY_FILE", "/nowhere"},
            {"PARLEY_TRACE_ADMIN_TOKEN_FILE", "/nowhere"}};
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->settings.secretKey, "direct");
        QCOMPARE(configuration->settings.adminToken, "token");
    }

    void secretMustNotBeEmpty()
    {
        Sources sources;
        sources.environment.insert("PARLEY_SECRET_KEY", "");
        QCOMPARE(failureOf(sources), QStringLiteral("PARLEY_SECRET_KEY: must not be empty"));
        const QString file = write("empty", "\n");
        sources.environment = {{"PARLEY_SESSION_SECRET_KEY_FILE", file.toUtf8()}};
        QCOMPARE(failureOf(sources), file + QStringLiteral(": must not be empty"));
        sources.environment = {{"PARLEY_SESSION_SECRET_KEY_FILE", "/nowhere"}};
        QVERIFY(failureOf(sources).startsWith(QStringLiteral("/nowhere: ")));
    }

    void secretThatOthersWriteIsRefused()
    {
        const QString file = write("shared", "key\n");
        for (const auto who : {QFile::WriteGroup, QFile::WriteOther}) {
            QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | who));
            for (const char *variable :
                {"PARLEY_SESSION_SECRET_KEY_FILE", "PARLEY_TRACE_ADMIN_TOKEN_FILE"}) {
                Sources sources;
                sources.environment.insert(variable, file.toUtf8());
                const QString failure = failureOf(sources);
                QVERIFY2(failure.startsWith(file + QStringLiteral(": other users may write it")),
                    qPrintable(failure));
            }
        }
    }

    void secretThatOthersReadIsWarnedOf()
    {
        const QString file = write("open", "key\n");
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::ReadGroup));
        Sources sources;
        sources.environment.insert("PARLEY_SESSION_SECRET_KEY_FILE", file.toUtf8());
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->warnings.size(), 1);
        QVERIFY(configuration->warnings.first().startsWith(file));
    }

    void aReplacedKeyLiesBesideItsFileUntilItsEnd()
    {
        const QString file = write("rotated", "the first key\n");
        QVERIFY(
            QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        const auto permissions = QFile::permissions(file);
        const parley::Time end = parley::fromMs(1'800'000'000'000);
        QVERIFY(rotateSecret(file, end - std::chrono::hours(1), end));
        Sources sources;
        sources.environment.insert("PARLEY_SESSION_SECRET_KEY_FILE", file.toUtf8());
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->settings.previousKey, "the first key");
        QVERIFY(configuration->settings.previousKeyEnds == end);
        const QByteArray second = configuration->settings.secretKey;
        QCOMPARE(second.size(), 64);
        for (const QString &one : {file, file + QStringLiteral(".before")})
            QCOMPARE(QFile::permissions(one), permissions);
        // There is one of before, and no more.
        QVERIFY(!rotateSecret(file, end - parley::milliseconds(1), end + std::chrono::hours(1)));
        QVERIFY(rotateSecret(file, end, end));
        const auto again = configure(sources);
        QVERIFY2(again, why(again));
        QCOMPARE(again->settings.previousKey, second);
        QVERIFY(again->settings.secretKey != second);
        // A key of the environment has nothing beside it.
        sources.environment.insert("PARLEY_SECRET_KEY", "direct");
        QCOMPARE(configure(sources)->settings.previousKey, "");
    }

    void whatIsNoReplacedKeyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        for (const char *content : {"", "\n", "key\n", "key and key\n", "2026-11-28T18:00:00Z\n",
                 "2026-11-28T18:00:00Z \n", "2026-13-28T18:00:00Z key\n", " key\n",
                 "2026-11-28T18:00:00Z key\nkey\n"})
            QTest::newRow(QByteArray(content).toPercentEncoding()) << QByteArray(content);
    }
    void whatIsNoReplacedKeyIsRefused()
    {
        QFETCH(QByteArray, content);
        const QString file = write("new", "a key\n");
        const QString before = write("new.before", content);
        for (const QString &one : {file, before})
            QVERIFY(QFile::setPermissions(one, QFile::ReadOwner | QFile::WriteOwner));
        Sources sources;
        sources.environment.insert("PARLEY_SESSION_SECRET_KEY_FILE", file.toUtf8());
        const QString failure = failureOf(sources);
        QVERIFY2(failure.startsWith(before + QStringLiteral(": ")), qPrintable(failure));
    }

    void aReplacedKeyThatOthersWriteIsRefused()
    {
        const QString file = write("mine", "a key\n");
        const QString before = write("mine.before", "2026-11-28T18:00:00Z key\n");
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner));
        QVERIFY(QFile::setPermissions(before, QFile::ReadOwner | QFile::WriteOther));
        Sources sources;
        sources.environment.insert("PARLEY_SESSION_SECRET_KEY_FILE", file.toUtf8());
        QVERIFY(failureOf(sources).startsWith(before + QStringLiteral(": other users may write")));
    }

private:
    QString write(const char *name, const QByteArray &content)
    {
        return parley::test::write(m_dir.filePath(QString::fromLatin1(name)), content);
    }

    const QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "secrets.moc"
