// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/exitstatus.h"
#include "app/settings/table.h"

#include <QTest>

using namespace parley;
using namespace parley::app;

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEachCommand()
    {
        QVERIFY(!get<Serve>({"serve"}).isDemo);
        QVERIFY(get<Serve>({"serve", "--demo"}).isDemo);
        const auto add = get<UserAdd>({"user", "add", "alice", "--id", "7", "--password-stdin"});
        QCOMPARE(add.name, "alice");
        QCOMPARE(add.id, UserId(7));
        QVERIFY(add.passwordFromStdin);
        QCOMPARE(get<UserAdd>({"user", "add", "bob"}).id, UserId());
        QCOMPARE(get<UserImport>({"user", "import", "-"}).file, QStringLiteral("-"));
        get<UserList>({"user", "list"});
        QCOMPARE(get<UserPassword>({"user", "passwd", "bob"}).name, "bob");
        QVERIFY(!get<UserEnable>({"user", "disable", "bob"}).isEnabled);
        QVERIFY(get<UserEnable>({"user", "enable", "bob"}).isEnabled);
        QCOMPARE(get<NewSession>({"session", "bob"}).name, "bob");
        QVERIFY(get<UserAdd>({"user", "add", "bob", "--no-password"}).withoutPassword);
        QCOMPARE(get<Kick>({"kick", "bob"}).name, "bob");
        QCOMPARE(get<ShowMailbox>({"mailbox", "bob"}).name, "bob");
        QVERIFY(get<ShowMailbox>({"mailbox", "bob", "--json"}).asJson);
        QCOMPARE(get<ShowConnections>({"connections"}).name, "");
        QCOMPARE(get<ShowConnections>({"connections", "bob"}).name, "bob");
        QVERIFY(get<ShowConnections>({"connections", "--json"}).asJson);
        QVERIFY(!get<ShowStats>({"stats"}).asJson);
        QVERIFY(get<ShowNodes>({"nodes", "--json"}).asJson);
        get<RotateSecret>({"secret", "rotate"});
        get<Check>({"check"});
        get<Migrate>({"migrate"});
        QCOMPARE(get<Backup>({"backup", "f"}).file, QStringLiteral("f"));
        QVERIFY(!get<Restore>({"restore", "f"}).replaces);
        QVERIFY(get<Restore>({"restore", "f", "--replace"}).replaces);
    }

    void takesNamesThatAreCommandsOrOptions()
    {
        QCOMPARE(get<UserAdd>({"user", "add", "list"}).name, "list");
        QCOMPARE(get<NewSession>({"session", "serve"}).name, "serve");
        QCOMPARE(get<NewSession>({"session", "--", "--demo"}).name, "--demo");
    }

    void everyCommandTakesConfigDataAndStore()
    {
        const std::vector<const char *> commands[] = {{"serve"}, {"user", "add", "x"},
            {"user", "import", "-"}, {"user", "list"}, {"user", "passwd", "x"},
            {"user", "disable", "x"}, {"user", "enable", "x"}, {"session", "x"}, {"check"},
            {"migrate"}, {"kick", "x"}, {"mailbox", "x"}, {"connections"}, {"stats"}, {"nodes"},
            {"secret", "rotate"}, {"backup", "f"}, {"restore", "f"}};
        for (std::vector<const char *> arguments : commands) {
            for (const char *more : {"--config", "f", "--data", "d", "--store", "s"})
                arguments.push_back(more);
            const auto parsed = parse(arguments);
            QVERIFY2(std::holds_alternative<CommandLine>(parsed), arguments.front());
            const auto &line = std::get<CommandLine>(parsed);
            QCOMPARE(line.configFile, QStringLiteral("f"));
            const decltype(line.settings) wanted{
                {"data", QStringLiteral("d")}, {"store", QStringLiteral("s")}};
            QCOMPARE(line.settings, wanted);
        }
    }

    void everySettingCanBeGiven()
    {
        for (const Setting &setting : settingsTable()) {
            const QByteArray option = QByteArray("--") + setting.key;
            const auto parsed = parse({"serve", option.constData(), "x"});
            QVERIFY2(std::holds_alternative<CommandLine>(parsed), setting.key);
            const auto &settings = std::get<CommandLine>(parsed).settings;
            QCOMPARE(settings.size(), size_t(1));
            QCOMPARE(settings[0].first, setting.key);
        }
    }

    void aFlagNeedsNoValue()
    {
        for (const auto &arguments : {std::vector<const char *>{"serve", "--insecure"},
                 {"serve", "--insecure", "true"}, {"--insecure", "serve"}}) {
            const auto parsed = parse(arguments);
            QVERIFY(std::holds_alternative<CommandLine>(parsed));
            const decltype(CommandLine::settings) wanted{{"insecure", QStringLiteral("true")}};
            QCOMPARE(std::get<CommandLine>(parsed).settings, wanted);
        }
    }

    void traceIsShortForItsSetting()
    {
        const auto parsed = parse({"serve", "--trace"});
        const decltype(CommandLine::settings) wanted{{"trace.enabled", QStringLiteral("true")}};
        QCOMPARE(std::get<CommandLine>(parsed).settings, wanted);
    }

    void wrongUsageIsTwo_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char *name, const QByteArrayList &arguments) {
            QTest::newRow(name) << arguments;
        };
        row("nothing", {});
        row("unknown command", {"sing"});
        row("unknown option", {"serve", "--loud"});
        row("two commands", {"check", "migrate"});
        row("user alone", {"user"});
        row("unknown user command", {"user", "rename", "x"});
        row("no name", {"user", "add"});
        row("two names", {"user", "add", "x", "y"});
        row("empty name", {"user", "add", ""});
        row("name with newline", {"user", "add", "a\nb"});
        row("no file", {"user", "import"});
        row("no number", {"user", "add", "x", "--id", "x"});
        row("octal number", {"user", "add", "x", "--id", "0x1F"});
        row("id zero", {"user", "add", "x", "--id", "0"});
        row("id too large", {"user", "add", "x", "--id", "9007199254740992"});
        row("no value", {"serve", "--listen"});
        row("demo elsewhere", {"check", "--demo"});
        row("two ways to a password", {"user", "add", "x", "--no-password", "--password-stdin"});
        row("no backup", {"backup"});
        row("two backups", {"restore", "x", "y"});
        row("kick of nobody", {"kick"});
        row("mailbox of nobody", {"mailbox"});
        row("connections of an empty name", {"connections", ""});
        row("secret alone", {"secret"});
    }
    void wrongUsageIsTwo()
    {
        QFETCH(QByteArrayList, arguments);
        std::vector<const char *> pointers;
        for (const QByteArray &argument : arguments)
            pointers.push_back(argument.constData());
        const auto parsed = parse(pointers);
        QVERIFY(std::holds_alternative<int>(parsed));
        QCOMPARE(std::get<int>(parsed), int(WrongUsage));
    }

    void helpAndVersionAreWell()
    {
        for (const std::vector<const char *> &arguments : std::vector<std::vector<const char *>>{
                 {"--help"}, {"--version"}, {"serve", "--help"}, {"user", "add", "--help"}}) {
            const auto parsed = parse(arguments);
            QVERIFY(std::holds_alternative<int>(parsed));
            QCOMPARE(std::get<int>(parsed), int(Well));
        }
    }

private:
    static std::variant<CommandLine, int> parse(std::vector<const char *> arguments)
    {
        arguments.insert(arguments.begin(), "parleyd");
        return parseCommandLine(int(arguments.size()), arguments.data());
    }

    template <class T> static T get(const std::vector<const char *> &arguments)
    {
        const auto parsed = parse(arguments);
        const auto line = std::get_if<CommandLine>(&parsed);
        if (!line || !std::holds_alternative<T>(line->command))
            qFatal("%s was not understood", arguments.back());
        return std::get<T>(line->command);
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "commandline.moc"
