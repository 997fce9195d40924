// SPDX-License-Identifier: MIT
// What parleyd does beside serving: its usage, users, sessions and the store.
#include "support/serveraccount.h"
#include "support/why.h"
#include "unit/app/program.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

using parley::test::Patience;
using parley::test::Ran;

namespace {

// The master's side of a pseudo-terminal.
class Terminal {
public:
    Terminal()
        : m_master(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
            qFatal("there is no pseudo-terminal");
        m_slave = ::open(::ptsname(m_master), O_RDWR | O_NOCTTY);
        ::fcntl(m_master, F_SETFL, O_NONBLOCK);
    }
    ~Terminal()
    {
        ::close(m_slave);
        ::close(m_master);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    int slave() const { return m_slave; }
    void type(const QByteArray &line)
    {
        QCOMPARE(::write(m_master, line.constData(), size_t(line.size())), line.size());
    }
    QByteArray shown() const
    {
        char buffer[1024];
        const ssize_t size = ::read(m_master, buffer, sizeof buffer);
        return size > 0 ? QByteArray(buffer, size) : QByteArray();
    }
    bool isEchoing() const
    {
        termios state{};
        return ::tcgetattr(m_slave, &state) == 0 && (state.c_lflag & ECHO)
            && (state.c_lflag & ISIG);
    }

private:
    int m_master;
    int m_slave;
};

} // namespace

class CommandsTest : public parley::test::Program {
    Q_OBJECT

private Q_SLOTS:
    void aloneItPrintsHelp()
    {
        const Ran ran = run({});
        QCOMPARE(ran.status, 2);
        QVERIFY(ran.err.contains("Usage: parleyd"));
    }

    void helpAndVersionAreResults()
    {
        const Ran help = run({"--help"});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains("Usage: parleyd"));
        const Ran version = run({"--version"});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("parleyd "));
    }

    void wrongConfigurationStopsWithItsPlace()
    {
        const QString file = write("wrong.toml", "[limits]\nbrust = 1\n");
        for (const char *command : {"serve", "check", "migrate"}) {
            const Ran ran = run({command, "--config", file.toUtf8()});
            QCOMPARE(ran.status, 2);
            QCOMPARE(ran.out, QByteArray());
            QVERIFY(ran.err.startsWith("parleyd: " + file.toUtf8() + ":2: limits.brust"));
        }
        QVERIFY(!QDir(m_dir->filePath(QStringLiteral("parley"))).exists());
    }

    void wrongStoreIsWrongUsage()
    {
        QCOMPARE(run({"serve", "--store", "mysql://x/y"}).status, 2);
        QCOMPARE(run({"check", "--store", "mysql://x/y"}).status, 2);
    }

    void userAddPrintsTheIdAndNothingElse()
    {
        QCOMPARE(result({"user", "add", "alice", "--password-stdin"}, "pw\n"), "1\n");
        QCOMPARE(result({"user", "add", "bob", "--id", "42", "--password-stdin"}, "pw"), "42\n");
        QCOMPARE(result({"user", "add", "carol", "--password-stdin"}, "pw\n"), "43\n");
        for (const QByteArrayList &taken : {QByteArrayList{"user", "add", "alice"},
                 QByteArrayList{"user", "add", "dora", "--id", "42"}}) {
            const Ran ran = run(taken + QByteArrayList{"--password-stdin"}, "pw\n");
            QCOMPARE(ran.status, 1);
            QCOMPARE(ran.out, QByteArray());
            QVERIFY(ran.err.contains("in use"));
        }
        QCOMPARE(
            result({"user", "list"}), "1\talice\tenabled\n42\tbob\tenabled\n43\tcarol\tenabled\n");
    }

    void passwordNeedsATerminalOrTheOption()
    {
        for (const char *command : {"add", "passwd"}) {
            const Ran ran = run({"user", command, "alice"}, "pw\npw\n");
            QCOMPARE(ran.status, 2);
            QVERIFY(ran.err.contains("--password-stdin"));
        }
        QCOMPARE(run({"user", "add", "alice", "--password-stdin"}, "\n").status, 2);
        result({"migrate"});
        QCOMPARE(result({"user", "list"}), "");
    }

    void terminalIsAskedTwiceAndShowsNothing_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<int>("status");
        QTest::newRow("the same") << QByteArray("p w") << QByteArray("p w") << 0;
        QTest::newRow("differ") << QByteArray("pw") << QByteArray("wp") << 2;
        QTest::newRow("interrupted") << QByteArray("pw") << QByteArray("pw\x03") << 2;
    }
    void terminalIsAskedTwiceAndShowsNothing()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(int, status);
        Terminal terminal;
        QProcess process;
        process.setChildProcessModifier([&] { ::dup2(terminal.slave(), STDIN_FILENO); });
        start(process, {"user", "add", "alice"});
        QVERIFY(waitForError(process, "New password: "));
        terminal.type(first + '\n');
        QVERIFY(waitForError(process, "Repeat the password: "));
        terminal.type(second + '\n');
        QVERIFY(process.waitForFinished(Patience));
        QCOMPARE(process.exitCode(), status);
        QCOMPARE(process.readAllStandardOutput(), status == 0 ? "1\n" : "");
        QCOMPARE(terminal.shown(), QByteArray());
        QVERIFY(terminal.isEchoing());
    }

    void ctrlCEndsTheQuestionAtOnce_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::newRow("at the first") << QByteArray("pw\x03");
        QTest::newRow("at the second") << QByteArray("pw\n");
    }
    void ctrlCEndsTheQuestionAtOnce()
    {
        QFETCH(QByteArray, first);
        Terminal terminal;
        QProcess process;
        process.setChildProcessModifier([&] { ::dup2(terminal.slave(), STDIN_FILENO); });
        start(process, {"user", "add", "alice"});
        QVERIFY(waitForError(process, "New password: "));
        terminal.type(first);
        if (first.endsWith('\n')) {
            QVERIFY(waitForError(process, "Repeat the password: "));
            terminal.type("p\x03");
        }
        QVERIFY(waitForError(process, "interrupted"));
        QVERIFY(process.waitForFinished(Patience));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(terminal.isEchoing());
    }

    void usersAreChanged()
    {
        result({"user", "add", "alice", "--password-stdin"}, "pw\n");
        QCOMPARE(result({"user", "disable", "alice"}), "");
        QCOMPARE(result({"user", "list"}), "1\talice\tdisabled\n");
        QCOMPARE(run({"session", "alice"}).status, 1);
        QCOMPARE(result({"user", "enable", "alice"}), "");
        QCOMPARE(result({"user", "list"}), "1\talice\tenabled\n");
        QCOMPARE(result({"user", "passwd", "alice", "--password-stdin"}, "new\n"), "");
        for (const QByteArrayList &unknown :
            {QByteArrayList{"user", "disable", "bob"}, QByteArrayList{"user", "enable", "bob"},
                QByteArrayList{"user", "passwd", "bob", "--password-stdin"},
                QByteArrayList{"session", "bob"}}) {
            const Ran ran = run(unknown, "pw\n");
            QCOMPARE(ran.status, 1);
            QVERIFY(ran.err.contains("no user bob"));
        }
    }

    void sessionIsPrinted()
    {
        result({"user", "add", "alice", "--password-stdin"}, "pw\n");
        const QByteArray first = result({"session", "alice"});
        static const QRegularExpression form(QStringLiteral("^p1_[A-Za-z0-9_-]{43}\n$"));
        QVERIFY(form.match(QString::fromLatin1(first)).hasMatch());
        QVERIFY(first != result({"session", "alice"}));
    }

    void importTakesAllOrNothing()
    {
        result({"user", "add", "taken", "--id", "7", "--password-stdin"}, "pw\n");
        const QByteArray before = result({"user", "list"});
        const std::pair<QByteArray, QByteArray> wrong[] = {
            {"1,alice\n2,bob\n0,carol\n", ":3: a user's id"},
            {"1,alice\n7,bob\n", ":2: the id is already in use"},
            {"1,alice\n\n2,taken\n", ":3: the name is already in use"},
        };
        for (const auto &[csv, words] : wrong) {
            const QByteArray file = write("users.csv", csv).toUtf8();
            const Ran ran = run({"user", "import", file});
            QCOMPARE(ran.status, 1);
            QVERIFY2(ran.err.startsWith("parleyd: " + file + words), ran.err.constData());
            QCOMPARE(result({"user", "list"}), before);
        }
        const QString file = write("users.csv", "1,alice\n2,bob,secret\n");
        QCOMPARE(result({"user", "import", file.toUtf8()}), "");
        QCOMPARE(result({"user", "import", "-"}, "9,dora\n"), "");
        QCOMPARE(result({"user", "list"}),
            "1\talice\tenabled\n2\tbob\tenabled\n7\ttaken\tenabled\n9\tdora\tenabled\n");
    }

    void importOfManyIsOneTransaction()
    {
        QByteArray csv;
        for (int i = 1; i <= 9000; ++i)
            csv += QByteArray::number(i) + ",user" + QByteArray::number(i) + '\n';
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(result({"user", "import", "-"}, csv), "");
        // Under 2 s on a quiet machine; 9000 commits would take far longer than this.
        QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(result({"user", "list"}).count('\n'), 9000);
    }

    void migrateMakesTheStoreForItsOwnerAlone()
    {
        QCOMPARE(result({"migrate"}), "");
        const QFileInfo data(m_dir->filePath(QStringLiteral("parley")));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(data.isDir());
        QVERIFY(!(data.permissions() & others));
        const QFileInfo database(data.filePath() + QStringLiteral("/parley.db"));
        QVERIFY(database.exists());
        QVERIFY(!(database.permissions() & others));
    }

    void storeThatRootMakesBelongsToTheOwnerOfItsFolder()
    {
        const QString folder = m_dir->filePath(QStringLiteral("service"));
        QVERIFY(QDir().mkdir(folder));
        const auto given = parley::test::giveToServers(folder);
        QVERIFY2(given, parley::test::why(given));
        result({"user", "add", "alice", "--password-stdin", "--data", folder.toUtf8()}, "pw\n");
        const QFileInfo database(folder + QStringLiteral("/parley.db"));
        QVERIFY(database.size() > 0);
        QCOMPARE(database.ownerId(), QFileInfo(folder).ownerId());
        QCOMPARE(database.groupId(), QFileInfo(folder).groupId());
    }

    void checkSaysWhetherTheStoreIsWell()
    {
        const Ran none = run({"check"});
        QCOMPARE(none.status, 1);
        QVERIFY(none.err.contains("no store"));
        QVERIFY(!QDir(m_dir->filePath(QStringLiteral("parley"))).exists());
        result({"migrate"});
        QCOMPARE(run({"check"}).status, 0);
        const QString broken = write("broken.db", QByteArray(8192, 'x'));
        QCOMPARE(run({"check", "--store", "sqlite:" + broken.toUtf8()}).status, 1);
    }

    void laterSourcesOfTheStoreWin()
    {
        const auto store = [&](const char *name) {
            return "sqlite:" + m_dir->filePath(QString::fromLatin1(name)).toUtf8();
        };
        const QString file = write("parley.toml", "store = '" + store("file.db") + "'\n");
        result({"migrate", "--config", file.toUtf8()});
        QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("file.db"))));
        m_environment.insert(
            QStringLiteral("PARLEY_STORE"), QString::fromUtf8(store("environment.db")));
        result({"migrate", "--config", file.toUtf8()});
        QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("environment.db"))));
        result({"migrate", "--config", file.toUtf8(), "--store", store("line.db")});
        QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("line.db"))));
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands.moc"
