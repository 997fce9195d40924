// SPDX-License-Identifier: MIT
// The administration of a running server from other processes.
#include "core/clock.h"
#include "session/timesession.h"
#include "support/rawclient.h"
#include "unit/app/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QRegularExpression>

#include <sys/stat.h>

using namespace parley;
using parley::test::HttpReply;
using parley::test::Patience;
using parley::test::Ran;
using parley::test::RawClient;

class RunningTest : public test::Program {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        Program::init();
        // Some of what is tried here is warned of.
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS"));
        result({"user", "import", "-"}, "1,alice\n2,bob\n");
    }

    void aKickEndsAllConnectionsAndTheyMayComeAgain()
    {
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        RawClient client = connected(port, "alice", 1);
        RawClient other = connected(port, "bob", 2);
        QCOMPARE(result({"kick", "alice"}), "");
        QCOMPARE(client.closeCode(), 4401);
        QCOMPARE(chat(port, 1, m_lastSession["alice"]).status, 401);
        RawClient again = connected(port, "alice", 1);
        QCOMPARE(shown(result({"connections", "--json"})).size(), 2);
        const Ran unknown = run({"kick", "nobody"});
        QCOMPARE(unknown.status, 1);
        QVERIFY(unknown.err.contains("no user nobody"));
        stop(server);
    }

    void disablingEndsTheConnectionsOfARunningServer()
    {
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        RawClient client = connected(port, "alice", 1);
        QCOMPARE(result({"user", "disable", "alice"}), "");
        QCOMPARE(client.closeCode(), 4401);
        stop(server);
    }

    void connectionsAreListed()
    {
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        const qint64 before = toMs(SystemClock().now());
        RawClient live = connected(port, "alice", 1);
        live.send(test::textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"secret words"})"));
        live.expect(R"({"cmd":"SENT","seq":1})");
        RawClient behind = connected(port, "bob", 2);
        const QJsonArray all = shown(result({"connections", "--json"}));
        QCOMPARE(all.size(), 2);
        const QJsonObject first = all[0].toObject();
        QCOMPARE(first[QStringLiteral("userId")].toInteger(), 1);
        QCOMPARE(first[QStringLiteral("username")].toString(), QStringLiteral("alice"));
        QCOMPARE(first[QStringLiteral("address")].toString(), QStringLiteral("127.0.0.1"));
        QCOMPARE(first[QStringLiteral("state")].toString(), QStringLiteral("live"));
        QCOMPARE(first[QStringLiteral("waitingBytes")].toInteger(-1), 0);
        QVERIFY(first[QStringLiteral("since")].toInteger() >= before);
        QVERIFY(first[QStringLiteral("lastHeard")].toInteger()
            >= first[QStringLiteral("since")].toInteger());
        QVERIFY(!first[QStringLiteral("connectionId")].toString().isEmpty());
        QCOMPARE(all[1][QLatin1String("state")].toString(), QStringLiteral("behind"));

        QCOMPARE(shown(result({"connections", "bob", "--json"})).size(), 1);
        const QByteArrayList lines = result({"connections", "bob"}).trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        static const QRegularExpression form(QStringLiteral(
            "^2 +bob +[0-9a-f]+ +127\\.0\\.0\\.1 +[0-9-]{10}T[0-9:.]+Z +behind +0 +[0-9-]{10}T"));
        QVERIFY2(form.match(QString::fromUtf8(lines[1])).hasMatch(), lines[1]);
        QCOMPARE(run({"connections", "nobody"}).status, 1);
        stop(server);
    }

    void statsAreTold()
    {
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        RawClient client = connected(port, "alice", 1);
        for (int i = 1; i <= 3; ++i)
            client.send(test::textFrame(R"({"cmd":"SEND","receiveUserId":1,"body":"12345"})"));
        client.send(test::textFrame(R"({"cmd":"CONFIRM","seqs":[1],"ref":1})"));
        while (client.frame()->payload != R"({"cmd":"CONFIRMED","removed":1,"ref":1})") { }
        QJsonObject stats; // without what is unread, until all mailboxes were counted
        QTRY_VERIFY((stats = QJsonDocument::fromJson(result({"stats", "--json"})).object())
                        .contains(QStringLiteral("unread")));
        const std::pair<const char *, qint64> exact[] = {{"connections", 1}, {"stored", 3},
            {"confirmed", 1}, {"unread", 2}, {"unreadBytes", 10}};
        for (const auto &[key, value] : exact)
            QCOMPARE(stats[QLatin1String(key)].toInteger(-1), value);
        QVERIFY(stats[QStringLiteral("storeAvailable")].toBool());
        QVERIFY(stats[QStringLiteral("memoryBytes")].toInteger() > 1 << 20);
        QVERIFY(stats[QStringLiteral("descriptors")].toInteger() > 10);
        QVERIFY(stats[QStringLiteral("uptimeSeconds")].toInteger(-1) >= 0);
        QVERIFY(
            result({"--version"}).contains(stats[QStringLiteral("version")].toString().toUtf8()));
        static const QRegularExpression form(QStringLiteral("\nunread +2\n"));
        QVERIFY(form.match(QString::fromUtf8(result({"stats"}))).hasMatch());
        stop(server);
    }

    void withoutAServerItSaysSo()
    {
        for (const char *command : {"stats", "connections"}) {
            const Ran ran = run({command});
            QCOMPARE(ran.status, 1);
            QCOMPARE(ran.out, QByteArray());
            QVERIFY2(ran.err.contains("no server answers there"), ran.err);
        }
    }

    void mailboxesAreShownWithoutTheirTexts()
    {
        QCOMPARE(result({"mailbox", "bob"}), "unread    0\nbytes     0\nlast seq  0\n");
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        RawClient client = connected(port, "alice", 1);
        client.send(test::textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"hidden"})"));
        client.send(test::textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"words"})"));
        const qint64 sentAt =
            client.expect(R"({"cmd":"SENT","seq":1})")[QStringLiteral("time")].toInteger();
        client.expect(R"({"cmd":"SENT","seq":2})");
        const QJsonObject json =
            QJsonDocument::fromJson(result({"mailbox", "bob", "--json"})).object();
        QCOMPARE(json,
            (QJsonObject{{QStringLiteral("userId"), 2},
                {QStringLiteral("username"), QStringLiteral("bob")}, {QStringLiteral("count"), 2},
                {QStringLiteral("bytes"), 11}, {QStringLiteral("oldest"), sentAt},
                {QStringLiteral("firstSeq"), 1}, {QStringLiteral("lastSeq"), 2}}));
        const QByteArray text = result({"mailbox", "bob"});
        static const QRegularExpression form(QStringLiteral(
            "^unread    2\nbytes     11\noldest    [0-9-]{10}T[0-9:.]+Z, seq 1\nlast seq  2\n$"));
        QVERIFY2(form.match(QString::fromUtf8(text)).hasMatch(), text);
        QCOMPARE(run({"mailbox", "nobody"}).status, 1);
        stop(server);
    }

    void theSocketIsItsUsersAloneAndGoesWithTheServer()
    {
        QProcess server;
        serve(server, {});
        struct stat status { };
        QCOMPARE(::lstat(QFile::encodeName(socket()).constData(), &status), 0);
        QVERIFY(S_ISSOCK(status.st_mode));
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
        stop(server);
        QVERIFY(::lstat(QFile::encodeName(socket()).constData(), &status) != 0);
    }

    void aSocketThatWasLeftIsReplaced()
    {
        QProcess killed;
        serve(killed, {});
        killed.kill();
        QVERIFY(killed.waitForFinished(Patience));
        QVERIFY(QFileInfo(socket()).exists());
        QProcess server;
        serve(server, {});
        QCOMPARE(run({"stats"}).status, 0);
        // That of a server that answers is not.
        QProcess second;
        const QByteArray store = "sqlite:" + m_dir->filePath(QStringLiteral("other.db")).toUtf8();
        serve(second, {"--store", store});
        QVERIFY(waitForError(second, "another server answers on it"));
        stop(second);
        QCOMPARE(run({"stats"}).status, 0);
        stop(server);
    }

    // Four who are silent have all places for a while; the chat goes on.
    void whoAsksNothingHoldsUpNobody()
    {
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        QLocalSocket silent[4];
        for (QLocalSocket &one : silent) {
            one.connectToServer(socket());
            QVERIFY(one.waitForConnected(Patience));
        }
        const Ran fifth = run({"stats"});
        QCOMPARE(fifth.status, 1);
        QVERIFY2(fifth.err.contains("turned this away"), fifth.err);
        RawClient client = connected(port, "alice", 1);
        client.send(test::textFrame(R"({"cmd":"HEARTBEAT"})"));
        client.expect(R"({"cmd":"HEARTBEAT"})");
        silent[0].abort();
        QTRY_COMPARE(run({"stats"}).status, 0);
        stop(server);
    }

    void aNewSecretIsTakenAtOnceAndTheOldOneStays()
    {
        const QString file = write("secret.key", "0123456789abcdef\n");
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        const QByteArrayList key{"--session.secret_key_file", file.toUtf8()};
        QProcess server;
        quint16 port = portOf(serve(server, key));
        QCOMPARE(timeSession(port, "0123456789abcdef"), 101);
        const Ran rotated = run(QByteArrayList{"secret", "rotate"} + key);
        QCOMPARE(rotated.status, 0);
        QVERIFY(!rotated.err.contains("0123456789abcdef"));
        const QByteArray fresh = read(file).trimmed();
        QCOMPARE(fresh.size(), 64);
        QCOMPARE(timeSession(port, fresh), 101);
        QCOMPARE(timeSession(port, "0123456789abcdef"), 101);
        QCOMPARE(timeSession(port, "another key"), 401);
        stop(server);
        QVERIFY(!server.readAllStandardError().contains(fresh));
        // Also over a restart.
        QProcess next;
        port = portOf(serve(next, key));
        QCOMPARE(timeSession(port, fresh), 101);
        QCOMPARE(timeSession(port, "0123456789abcdef"), 101);
        // Two keys are valid at once, and no third; without an overlap, one.
        const Ran early = run(QByteArrayList{"secret", "rotate"} + key);
        QCOMPARE(early.status, 1);
        QVERIFY2(early.err.contains("is still valid"), early.err);
        QCOMPARE(timeSession(port, "0123456789abcdef"), 101);
        QVERIFY(QFile::remove(file + QStringLiteral(".before")));
        result(QByteArrayList{"secret", "rotate", "--session.overlap_hours", "0"} + key);
        QCOMPARE(timeSession(port, "0123456789abcdef"), 401);
        QCOMPARE(timeSession(port, fresh), 401);
        QCOMPARE(timeSession(port, read(file).trimmed()), 101);
        for (const QString &one : {file, file + QStringLiteral(".before")})
            QCOMPARE(int(QFileInfo(one).permissions()) & 0x77, 0);
        stop(next);
    }

    void aSecretThatTheServerDoesNotUseIsNotTakenForIts()
    {
        const QString file = write("secret.key", "0123456789abcdef\n");
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        const QString copy = write("copy.key", "0123456789abcdef\n");
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
        QProcess server;
        serve(server, {"--session.secret_key_file", copy.toUtf8()});
        const Ran ran = run({"secret", "rotate", "--session.secret_key_file", file.toUtf8()});
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("the server uses another key"), ran.err);
        stop(server);
    }

    void aSecretBehindALinkIsNotChanged()
    {
        const QString file = write("secret.key", "0123456789abcdef\n");
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
        const QString target = write("elsewhere", "untouched");
        QVERIFY(QFile::link(target, file + QStringLiteral(".before")));
        const Ran ran = run({"secret", "rotate", "--session.secret_key_file", file.toUtf8()});
        QVERIFY(ran.status != 0);
        QCOMPARE(read(target), "untouched");
        QCOMPARE(read(file).trimmed(), "0123456789abcdef");
    }

    void aSecretThatIsInNoFileIsNotChanged()
    {
        QCOMPARE(run({"secret", "rotate"}).status, 2);
        m_environment.insert(
            QStringLiteral("PARLEY_SECRET_KEY"), QStringLiteral("0123456789abcdef"));
        const Ran ran = run({"secret", "rotate"});
        QCOMPARE(ran.status, 2);
        QVERIFY(ran.err.contains("PARLEY_SECRET_KEY"));
    }

    void aShortSecretIsWarnedOf()
    {
        for (const char *key : {"0123456789abcde", "0123456789abcdef"}) {
            m_environment.insert(QStringLiteral("PARLEY_SECRET_KEY"), QString::fromLatin1(key));
            QProcess server;
            serve(server, {});
            stop(server);
            const QByteArray log = server.readAllStandardError();
            QCOMPARE(log.contains("has only 15 characters"), qstrlen(key) == 15);
            QVERIFY(!log.contains(key));
        }
    }

    void whoHasNoPasswordComesWithASessionOnly()
    {
        QCOMPARE(result({"user", "add", "carol", "--no-password"}), "3\n");
        QCOMPARE(run({"user", "add", "dora", "--no-password", "--password-stdin"}, "pw").status, 2);
        const QByteArray key = "0123456789abcdef";
        m_environment.insert(QStringLiteral("PARLEY_SECRET_KEY"), QString::fromLatin1(key));
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        for (const char *password : {"pw", ""})
            QVERIFY(test::ask(port, test::loginRequest("carol", password)).status >= 400);
        QCOMPARE(timeSession(port, key, 3), 101);
        stop(server);
    }

private:
    QString socket() const { return m_dir->filePath(QStringLiteral("parley/control.sock")); }
    static QByteArray read(const QString &file)
    {
        QFile opened(file);
        if (!opened.open(QIODevice::ReadOnly))
            qFatal("%s", qPrintable(file));
        return opened.readAll();
    }
    static QJsonArray shown(const QByteArray &json)
    {
        return QJsonDocument::fromJson(json)[QLatin1String("connections")].toArray();
    }
    static QUrl chatUrl(quint16 port, int user, const QByteArray &session)
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/chat/private?userId=%2&session=%3")
                        .arg(port)
                        .arg(user)
                        .arg(QString::fromLatin1(session)));
    }
    HttpReply chat(quint16 port, int user, const QByteArray &session)
    {
        return test::ask(port, test::chatRequest(chatUrl(port, user, session)));
    }
    RawClient connected(quint16 port, const QByteArray &name, int user)
    {
        m_lastSession[name] = result({"session", name}).trimmed();
        return RawClient(chatUrl(port, user, m_lastSession[name]));
    }
    // The status of an upgrade with a time session of now.
    static int timeSession(quint16 port, const QByteArray &key, int user = 1)
    {
        const auto session = session::mintTimeSession(key, UserId(user), SystemClock().now());
        RawClient client(port);
        return client.upgrade(test::chatRequest(chatUrl(port, user, session))).status;
    }

    QMap<QByteArray, QByteArray> m_lastSession;
};

QTEST_GUILESS_MAIN(RunningTest)
#include "running.moc"
