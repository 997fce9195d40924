// SPDX-License-Identifier: MIT
// parleyd backup, restore and check, beside a server and without one.
#include "support/rawclient.h"
#include "unit/app/program.h"

using namespace parley;
using parley::test::Patience;
using parley::test::Ran;
using parley::test::RawClient;

class BackupTest : public test::Program {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        Program::init();
        result({"user", "import", "-"}, "1,alice\n");
        m_session = result({"session", "alice"}).trimmed();
        m_copy = m_dir->filePath(QStringLiteral("copy")).toUtf8();
    }

    // What was SENT before the backup comes back, with the seqs of then and another epoch.
    void aBackupOfARunningServerIsRestored()
    {
        QProcess server;
        const quint16 serverPort = portOf(serve(server, {}));
        RawClient client(serverPort);
        connectTo(serverPort, client);
        const QString epoch = client.expect(HelloFields)[QStringLiteral("epoch")].toString();
        QCOMPARE(epoch.size(), 32);
        sends(client, 1);
        QCOMPARE(result({"backup", m_copy}), "");
        sends(client, 2);
        const Ran running = run({"restore", m_copy, "--replace"});
        QCOMPARE(running.status, 1);
        QVERIFY2(running.err.contains("a server uses this store"), running.err);
        stop(server);
        QCOMPARE(run({"restore", m_copy}).status, 1); // it has messages
        const Ran restored = run({"restore", m_copy, "--replace"});
        QCOMPARE(restored.status, 0);
        QVERIFY2(restored.err.contains("the store of before is "), restored.err);
        QCOMPARE(run({"check"}).status, 0);
        QProcess next;
        const quint16 nextPort = portOf(serve(next, {}));
        RawClient again(nextPort);
        connectTo(nextPort, again);
        const QJsonObject hello = again.expect(HelloFields);
        QCOMPARE(hello[QStringLiteral("unread")][QLatin1String("lastSeq")].toInteger(), 1);
        QVERIFY(hello[QStringLiteral("epoch")].toString() != epoch);
        sends(again, 2);
        stop(next);
        // An epoch lasts over a restart.
        QProcess last;
        const quint16 lastPort = portOf(serve(last, {}));
        RawClient third(lastPort);
        connectTo(lastPort, third);
        QCOMPARE(
            third.expect(HelloFields)[QStringLiteral("epoch")], hello[QStringLiteral("epoch")]);
        stop(last);
    }

    void aBackupOverwritesNothing()
    {
        QCOMPARE(result({"backup", m_copy}), "");
        const Ran again = run({"backup", m_copy});
        QCOMPARE(again.status, 1);
        QVERIFY2(again.err.contains("exists already"), again.err);
        const Ran nowhere = run({"backup", m_copy + "/in/no/folder"});
        QCOMPARE(nowhere.status, 1);
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{QStringLiteral("copy")});
    }

    void withoutAStoreThereIsNoBackup()
    {
        const QByteArray store = "sqlite:" + m_dir->filePath(QStringLiteral("none.db")).toUtf8();
        const Ran ran = run({"backup", m_copy, "--store", store});
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("no store"), ran.err);
        QVERIFY(!QFile::exists(QString::fromUtf8(m_copy)));
    }

    void aBackupIsRestoredWhereThereIsNothing()
    {
        QCOMPARE(result({"backup", m_copy}), "");
        const QByteArray data = m_dir->filePath(QStringLiteral("new")).toUtf8();
        QCOMPARE(run({"restore", m_copy, "--data", data}).status, 0);
        QCOMPARE(result({"user", "list", "--data", data}), "1\talice\tenabled\n");
    }

    void checkSaysWhatToDo()
    {
        const QString path = m_dir->filePath(QStringLiteral("parley/parley.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(100, 'x'));
        file.close();
        const Ran ran = run({"check"});
        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.out, QByteArray());
        QVERIFY2(
            ran.err.contains("not a database") && ran.err.contains("parleyd restore"), ran.err);
        QCOMPARE(run({"check", "--limits.burst", "0"}).status, 2);
    }

private:
    inline static const QByteArray HelloFields = R"({"cmd":"HELLO","userId":1})";

    // Its HELLO comes next.
    void connectTo(quint16 port, RawClient &client)
    {
        const QUrl url(QStringLiteral("ws://127.0.0.1:%1/chat/private?userId=1&session=%2")
                           .arg(port)
                           .arg(QString::fromLatin1(m_session)));
        QCOMPARE(client.upgrade(test::chatRequest(url)).status, 101);
    }
    static void sends(RawClient &client, int seq)
    {
        client.send(test::textFrame(R"({"cmd":"SEND","receiveUserId":1,"body":"x"})"));
        const QByteArray sent = R"("seq":)" + QByteArray::number(seq) + ',';
        while (true) {
            const auto frame = client.frame();
            if (!frame)
                qFatal("it has ended");
            if (frame->payload.startsWith(R"({"cmd":"SENT")")) {
                QVERIFY2(frame->payload.contains(sent), frame->payload);
                return;
            }
        }
    }

    QByteArray m_session;
    QByteArray m_copy;
};

QTEST_GUILESS_MAIN(BackupTest)
#include "backup.moc"
