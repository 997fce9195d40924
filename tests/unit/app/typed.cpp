// SPDX-License-Identifier: MIT
// What people and their editors, shells and systems get wrong is understood, or refused in words.
#include "unit/app/program.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using parley::test::Patience;
using parley::test::Ran;

class TypedTest : public parley::test::Program {
    Q_OBJECT

private Q_SLOTS:
    void marksOfAnEditorAreNoPartOfAPassword()
    {
        const QByteArray typed[] = {
            "p w\r\n", "\xef\xbb\xbfp w\n", "\xef\xbb\xbfp w\r\n\r\n", "p w", "p w\r\r\n"};
        QByteArray name = "a";
        for (const QByteArray &password : typed) {
            result({"user", "add", name, "--password-stdin"}, password);
            ++name[0];
        }
        result({"user", "passwd", "a", "--password-stdin"}, typed[0]);
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        for (char each = 'a'; each != name[0]; ++each) {
            const QByteArray body =
                QByteArray("{\"username\":\"") + each + "\",\"password\":\"p w\"}";
            const QByteArray answer = ask(port,
                "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                "Content-Length: "
                    + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
        }
        stop(server);
        const Ran wide =
            run({"user", "add", "z", "--password-stdin"}, QByteArray("\xff\xfep\0", 4));
        QCOMPARE(wide.status, 2);
        QVERIFY2(wide.err.contains("UTF-16"), wide.err.constData());
        const Ran broken = run({"user", "add", "z", "--password-stdin"}, "p\rw\n");
        QCOMPARE(broken.status, 2);
        QVERIFY2(broken.err.contains("not with CR"), broken.err.constData());
    }

    void aResultThatCannotBeWrittenIsAFailure_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char *name, const QByteArrayList &arguments) {
            QTest::newRow(name) << arguments;
        };
        row("user add", {"user", "add", "bob", "--password-stdin"});
        row("user list", {"user", "list"});
        row("session", {"session", "alice"});
        row("help", {"--help"});
        row("version", {"--version"});
    }
    void aResultThatCannotBeWrittenIsAFailure()
    {
        QFETCH(QByteArrayList, arguments);
        result({"user", "import", "-"}, "1,alice\n");
        QProcess full;
        full.setStandardOutputFile(QStringLiteral("/dev/full"));
        QProcess closed;
        closed.setChildProcessModifier([] { ::close(STDOUT_FILENO); });
        for (QProcess *process : {&full, &closed}) {
            start(*process, arguments);
            process->write("pw\n");
            process->closeWriteChannel();
            QVERIFY(process->waitForFinished(Patience));
            QCOMPARE(process->exitCode(), 1);
            const QByteArray words = process->readAllStandardError();
            QVERIFY2(words.startsWith("parleyd: standard output: "), words.constData());
            result({"user", "list"});
            if (arguments.contains("bob")) // both times, or the name is in use
                arguments[2] = "carol";
        }
    }

    void noFileIsTakenForAClosedStream()
    {
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS")); // the ready line goes nowhere
        QProcess server;
        server.setChildProcessModifier([] {
            for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
                ::close(stream);
        });
        start(server, {"serve", "--listen", "127.0.0.1:0"});
        const QString store = m_dir->filePath(QStringLiteral("parley/parley.db"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(store) && run({"check"}).status == 0, Patience);
        for (int stream = 0; stream <= 2; ++stream)
            QCOMPARE(QFile::symLinkTarget(
                         QStringLiteral("/proc/%1/fd/%2").arg(server.processId()).arg(stream)),
                QStringLiteral("/dev/null"));
        stop(server);
    }

    void onlySomeCommandsMakeAStore_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<bool>("makes");
        const auto row = [](const QByteArrayList &arguments, bool makes) {
            QTest::newRow(arguments.join(' ').constData()) << arguments << makes;
        };
        row({"user", "list"}, false);
        row({"user", "passwd", "alice", "--password-stdin"}, false);
        row({"user", "disable", "alice"}, false);
        row({"user", "enable", "alice"}, false);
        row({"session", "alice"}, false);
        row({"check"}, false);
        row({"user", "add", "alice", "--password-stdin"}, true);
        row({"user", "import", "-"}, true);
        row({"migrate"}, true);
    }
    void onlySomeCommandsMakeAStore()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(bool, makes);
        const QByteArray input = arguments.contains("import") ? "1,alice\n" : "pw\n";
        const QString data = m_dir->filePath(QStringLiteral("mistyped"));
        const QByteArrayList there = arguments + QByteArrayList{"--data", data.toUtf8()};
        const Ran ran = run(there, input);
        QCOMPARE(ran.status, makes ? 0 : 1);
        QCOMPARE(QFile::exists(data), makes);
        const QByteArray store = (data + QStringLiteral("/parley.db")).toUtf8();
        QVERIFY2(ran.err.contains(store), ran.err.constData());
        QVERIFY2(
            ran.err.contains(makes ? "created a new store" : "there is no store there"), ran.err);
        if (makes) // and the second time there is one
            QVERIFY(!run(there, input).err.contains("created a new store"));
    }

    void anEmptyFileIsNoStore()
    {
        const QString file = write("empty.db", {});
        const QByteArrayList place{"--store", "sqlite:" + file.toUtf8()};
        const Ran none = run(QByteArrayList{"user", "list"} + place);
        QCOMPARE(none.status, 1);
        QVERIFY2(none.err.contains("there is no store there"), none.err.constData());
        QCOMPARE(QFileInfo(file).size(), 0);
        const Ran made = run(QByteArrayList{"migrate"} + place);
        QCOMPARE(made.status, 0);
        QVERIFY2(made.err.contains("created a new store"), made.err.constData());
    }

    // Where the link is, nothing is written.
    void aStoreBehindALinkIsUsed()
    {
        const QString store = m_dir->filePath(QStringLiteral("real/parley.db"));
        const QString links = m_dir->filePath(QStringLiteral("links"));
        const QString link = links + QStringLiteral("/parley.db");
        QVERIFY(QDir().mkpath(QFileInfo(store).path()) && QDir().mkpath(links));
        result({"migrate", "--store", "sqlite:" + store.toUtf8()});
        QVERIFY(QFile::link(store, link));
        QVERIFY(::chmod(QFile::encodeName(links).constData(), 0500) == 0);
        QProcess process;
        process.setChildProcessModifier(&TypedTest::beLikeOthers);
        start(process, {"user", "list", "--store", "sqlite:" + link.toUtf8()});
        QVERIFY(process.waitForFinished(Patience));
        QVERIFY(::chmod(QFile::encodeName(links).constData(), 0700) == 0); // to be removed
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void aServerSaysThatItsStoreIsNew()
    {
        for (const bool isNew : {true, false}) {
            QProcess server;
            serve(server, {});
            stop(server);
            QCOMPARE(server.readAllStandardError().contains("created a new store"), isNew);
        }
    }

    void whoHasNoHomeIsAskedForAPlace_data()
    {
        QTest::addColumn<QString>("home");
        QTest::newRow("none") << QString();
        QTest::newRow("the root directory") << QStringLiteral("/");
        QTest::newRow("no absolute path") << QStringLiteral("home");
    }
    void whoHasNoHomeIsAskedForAPlace()
    {
        QFETCH(QString, home);
        m_environment.remove(QStringLiteral("XDG_DATA_HOME"));
        m_environment.remove(QStringLiteral("HOME"));
        if (!home.isNull())
            m_environment.insert(QStringLiteral("HOME"), home);
        const bool wasThere = QFile::exists(QStringLiteral("/.local/share/parley"));
        const QByteArray store = "sqlite:" + m_dir->filePath(QStringLiteral("other.db")).toUtf8();
        for (const QByteArrayList &arguments :
            {QByteArrayList{"migrate"}, QByteArrayList{"serve"}, QByteArrayList{"user", "list"},
                QByteArrayList{"serve", "--trace", "--store", store}}) {
            const Ran ran = run(arguments);
            QCOMPARE(ran.status, 2);
            QVERIFY2(ran.err.contains("--data"), ran.err.constData());
        }
        QCOMPARE(QFile::exists(QStringLiteral("/.local/share/parley")), wasThere);
        QCOMPARE(run({"migrate", "--store", store}).status, 0);
    }

    void aStoreOfAnotherUserIsNamedAsTheirs_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::newRow("list") << QByteArrayList{"user", "list"};
        QTest::newRow("migrate") << QByteArrayList{"migrate"};
        QTest::newRow("serve") << QByteArrayList{"serve", "--listen", "127.0.0.1:0"};
    }
    void aStoreOfAnotherUserIsNamedAsTheirs()
    {
        QFETCH(QByteArrayList, arguments);
        // The file can be seen, but is theirs; the folder cannot even be looked into.
        QByteArray them = "root";
        std::pair<QByteArray, QByteArray> stores[] = {
            {"/etc/passwd", "/etc/passwd"}, {"/root/parley.db", "/root"}};
        const bool isRoot = ::geteuid() == 0;
        if (isRoot) {
            constexpr uid_t Nobody = 65534;
            them = ::getpwuid(Nobody)->pw_name;
            const QByteArray file = QFile::encodeName(write("theirs.db", ""));
            const QByteArray folder = QFile::encodeName(m_dir->filePath(QStringLiteral("theirs")));
            QVERIFY(::mkdir(folder.constData(), 0700) == 0);
            for (const QByteArray &path : {file, folder})
                QVERIFY(::chown(path.constData(), Nobody, Nobody) == 0);
            stores[0] = {file, file};
            stores[1] = {folder + "/parley.db", folder};
        }
        for (const auto &[store, theirs] : stores) {
            QProcess process;
            process.setChildProcessModifier(&TypedTest::beLikeOthers);
            start(process, arguments + QByteArrayList{"--store", "sqlite:" + store});
            QVERIFY(process.waitForFinished(Patience));
            QCOMPARE(process.exitCode(), 1);
            const passwd *we = ::getpwuid(::geteuid());
            const QByteArray words = theirs + " belongs to the user " + them + ", and the user "
                + (we ? we->pw_name : "?") + ", who runs this, may not use it";
            const QByteArray told = process.readAllStandardError();
            QVERIFY2(told.contains(words), told.constData());
        }
    }

    void anImportSaysHowFarItIs()
    {
        QByteArray csv;
        for (int i = 1; i <= 20; ++i) {
            const QByteArray number = QByteArray::number(i);
            csv += number + ",user" + number + ",password" + number + '\n';
        }
        const Ran ran = run({"user", "import", "-"}, csv);
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.out, QByteArray());
        for (const QByteArray words : {"2 of 20 passwords", "20 of 20 passwords"})
            QVERIFY2(ran.err.contains("parleyd: " + words), ran.err.constData());
    }

    void anImportSaysHowManyItAdded()
    {
        const std::pair<QByteArray, QByteArray> imports[] = {{"1,a\n2,b\n", "users added: 2"},
            {"id,name\n", "-: the file contains no users"}, {"", "-: the file contains no users"}};
        for (const auto &[csv, words] : imports) {
            const Ran ran = run({"user", "import", "-"}, csv);
            QCOMPARE(ran.status, 0);
            QVERIFY2(ran.err.contains("parleyd: " + words), ran.err.constData());
        }
    }

    void whatCannotBeReadDoesNotPassForEmpty_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const QByteArrayList &arguments, int status, const QByteArray &words) {
            QTest::newRow(arguments.join(' ').constData()) << arguments << status << words;
        };
        const QByteArray file = "/proc/self/mem"; // opens, and has nothing at its beginning
        const QByteArray broken = file + ": Input/output error";
        row({"user", "import", "-"}, 1, "-: Is a directory");
        row({"user", "add", "a", "--password-stdin"}, 2, "standard input: Is a directory");
        row({"user", "import", file}, 1, broken);
        row({"check", "--config", file}, 2, broken);
        row({"check", "--session.secret_key_file", file}, 2, broken);
    }
    void whatCannotBeReadDoesNotPassForEmpty()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        const QByteArray folder = QFile::encodeName(m_dir->path());
        QProcess process;
        process.setChildProcessModifier(
            [&folder] { ::dup2(::open(folder.constData(), O_RDONLY), STDIN_FILENO); });
        start(process, arguments);
        QVERIFY(process.waitForFinished(Patience));
        QCOMPARE(process.exitCode(), status);
        QCOMPARE(process.readAllStandardError(), "parleyd: " + words + '\n');
    }

    void aSecretThatOthersMayWriteIsRefused()
    {
        const QString key = write("key", "secret\n");
        QVERIFY(::chmod(QFile::encodeName(key).constData(), 0666) == 0);
        for (const char *setting : {"--session.secret_key_file", "--trace.admin_token_file"}) {
            const Ran ran = run({"check", setting, key.toUtf8()});
            QCOMPARE(ran.status, 2);
            QVERIFY2(ran.err.startsWith("parleyd: " + key.toUtf8() + ": other users may write it"),
                ran.err.constData());
        }
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("parley")));
        for (const char *option : {"--trace", "--demo"}) {
            const QString own =
                write(qstrcmp(option, "--trace") == 0 ? "parley/admin.token" : "parley/secret.key",
                    "t\n");
            QVERIFY(::chmod(QFile::encodeName(own).constData(), 0620) == 0);
            const Ran ran = run({"serve", "--listen", "127.0.0.1:0", option});
            QCOMPARE(ran.status, 1);
            QVERIFY2(
                ran.err.contains(own.toUtf8() + ": other users may write it"), ran.err.constData());
        }
    }

    void nothingReachesATerminalRaw()
    {
        const QByteArray nasty = "a\x1b[31m\xc2\x9b"
                                 "b";
        const QByteArray file = write("wrong.toml", "\"a\\u001b[31m\\u009bb\" = 1\n").toUtf8();
        result({"migrate"});
        const QByteArrayList lines[] = {{"check", "--config", file}, {"check", "--" + nasty},
            {"user", "disable", nasty}, {"session", nasty}, {"user", "add", nasty},
            {"check", "--config", nasty}, {"check", "--http.allowed_origins", nasty},
            {"user", "import", nasty}, {"check", "--store", "sqlite:/" + nasty}};
        for (const QByteArrayList &arguments : lines) {
            const Ran ran = run(arguments);
            QVERIFY(ran.status == 1 || ran.status == 2);
            QVERIFY(!ran.err.isEmpty());
            for (const QChar c : QString::fromUtf8(ran.err))
                QVERIFY2(c.isPrint() || c == u'\n', arguments.join(' ').constData());
        }
    }

    void whoHasAnOldNameCanStillBeChanged()
    {
        const QByteArray unseen = "a\xe2\x80\x8b"; // could be added once
        QVERIFY(run({"user", "add", unseen, "--password-stdin"}, "pw\n").status == 2);
        result({"migrate"});
        const Ran ran = run({"user", "disable", unseen});
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("there is no user"), ran.err.constData());
    }

private:
    // Root is a user like others then. (As another user it might not get at the program.)
    static void beLikeOthers()
    {
        for (const int right : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}) {
            if (::geteuid() == 0 && ::prctl(PR_CAPBSET_DROP, right) != 0)
                ::_exit(77);
        }
    }
};

QTEST_GUILESS_MAIN(TypedTest)
#include "typed.moc"
