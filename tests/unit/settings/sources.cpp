// SPDX-License-Identifier: MIT
#include "app/settings/sources.h"

#include "app/settings/table.h"
#include "support/why.h"
#include "support/write.h"
#include "unit/settings/sources.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace parley;
using namespace parley::app;
using parley::test::failureOf;
using parley::test::why;

// Of each setting: its default as the documentation has it, and three other values that it takes.
struct Example {
    const char *key;
    const char *byDefault;
    const char *values[3];
    bool isQuoted = false; // in TOML
    std::vector<std::pair<QByteArray, QByteArray>> with = {}; // variables that they need, too
};

static const Example Examples[] = {
    {"listen", "127.0.0.1:2345", {"0.0.0.0:0", "[::1]:1, [::]:0", "10.1.2.3:65535"}, true,
        {{"PARLEY_INSECURE", "true"}}},
    {"data", "/home/u/.local/share/parley", {"/a", "/b", "/c"}, true},
    {"store", "sqlite:/home/u/.local/share/parley/parley.db",
        {"sqlite:/x.db", "postgresql://u@h:5432/n", "sqlite:y"}, true},
    {"gateways", nullptr, {"1", "2", "256"}},
    {"event_loop", "epoll", {"qt", "epoll", "qt"}, true},
    {"log.level", "info", {"debug", "warning", "error"}, true},
    {"log.levels", "", {"gateway=debug", "chat=error, gateway=info", "storage=warning"}, true},
    {"log.format", "text", {"logfmt", "json", "text"}, true},
    {"session.secret_key_file", "", {"KEY1", "KEY2", "KEY3"}, true},
    {"session.overlap_hours", "24", {"0", "1", "8760"}},
    {"session.minutes_before", "1", {"0", "2", "60"}},
    {"session.minutes_after", "5", {"0", "6", "1440"}},
    {"session.days", "30", {"1", "31", "3650"}},
    {"session.per_user", "100", {"1", "2", "3"}},
    {"tls.certificate_file", "", {"A", "B", "C"}, true, {{"PARLEY_TLS_KEY_FILE", "K"}}},
    {"tls.key_file", "", {"A", "B", "C"}, true, {{"PARLEY_TLS_CERTIFICATE_FILE", "C"}}},
    {"tls.listen", "", {"0.0.0.0:0", "[::1]:1, [::]:0", "10.1.2.3:65535"}, true,
        {{"PARLEY_TLS_CERTIFICATE_FILE", "C"}, {"PARLEY_TLS_KEY_FILE", "K"}}},
    {"insecure", "false", {"true", "false", "true"}},
    {"proxy.trusted", "", {"10.0.0.0/8", "::1/128, 192.0.2.0/24", "127.0.0.1/32"}, true,
        {{"PARLEY_PROXY_PROTOCOL", "v1v2"}}},
    {"proxy.protocol", "none", {"v1v2", "forwarded", "v1v2"}, true,
        {{"PARLEY_PROXY_TRUSTED", "::1"}}},
    {"presence.interval_ms", "5000", {"10", "1000", "7500"}},
    {"presence.timeout_ms", "15000", {"10000", "20000", "3600000"}},
    {"limits.connections", "100000", {"1", "2", "3"}},
    {"limits.connections_per_user", "10", {"1", "2", "3"}},
    {"limits.connections_per_address", "0", {"1", "2", "3"}},
    {"limits.pending_per_address", "256", {"1", "2", "3"}},
    {"limits.commands_per_second", "1000", {"0", "2", "3"}},
    {"limits.burst", "5000", {"1", "2", "3"}},
    {"limits.frame_bytes", "262144", {"200704", "300000", "4194304"}},
    {"limits.body_bytes", "32768", {"1", "2", "3"}},
    {"limits.window", "256", {"1", "2", "3"}},
    {"limits.mailbox_messages", "10000", {"1", "2", "3"}},
    {"limits.mailbox_bytes", "67108864", {"32768", "50000", "9007199254740991"}},
    {"limits.idempotency_hours", "24", {"1", "48", "8760"}},
    {"http.allowed_origins", "", {"https://a", "https://b, https://c", "https://d"}, true},
    {"metrics.public", "false", {"true", "false", "true"}},
    {"trace.enabled", "false", {"true", "false", "true"}},
    {"trace.admin_token_file", "", {"KEY1", "KEY2", "KEY3"}, true},
};

class SourcesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"KEY1", "KEY2", "KEY3"})
            write(QString::fromLatin1(name), "secret\n");
        // KEY1 ... are relative.
        QVERIFY(QDir::setCurrent(m_dir.path()));
    }

    void everySettingHasAnExample()
    {
        QCOMPARE(std::size(Examples), settingsTable().size());
        for (size_t i = 0; i < std::size(Examples); ++i)
            QCOMPARE(Examples[i].key, settingsTable()[i].key);
    }

    void laterSourcesWin_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(Examples)); ++i)
            QTest::newRow(Examples[i].key) << i;
    }
    void laterSourcesWin()
    {
        QFETCH(int, index);
        const Example &example = Examples[index];
        const Setting &setting = settingsTable()[size_t(index)];
        const auto value = [&](const Sources &sources) {
            const auto configuration = configure(sources);
            return configuration ? setting.text(configuration->settings)
                                 : configuration.failure().text;
        };
        Sources sources;
        sources.environment = home();
        if (example.byDefault)
            QCOMPARE(value(sources), text(example.byDefault));
        else
            QCOMPARE(value(sources), QString::number(QThread::idealThreadCount()));
        for (const auto &[variable, set] : example.with)
            sources.environment.insert(variable, set);
        sources.file = write(QStringLiteral("order.toml"), toml(example, example.values[0]));
        QCOMPARE(value(sources), text(example.values[0]));
        sources.environment.insert(setting.variable(), example.values[1]);
        QCOMPARE(value(sources), text(example.values[1]));
        sources.commandLine.emplace_back(example.key, text(example.values[2]));
        QCOMPARE(value(sources), text(example.values[2]));
    }

    void fileFailuresNameFileAndLine_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &toml, int line, const char *words) {
            QTest::newRow(name) << toml << line << text(words);
        };
        row("unknown key", "# one\nlimits.brust = 5\n", 2, "limits.brust: unknown setting");
        row("unknown table", "[log]\n\n[lgo]\n", 3, "lgo: unknown setting");
        row("key in a wrong table", "[log]\nlisten = '127.0.0.1:1'\n", 2,
            "log.listen: unknown setting");
        row("table for a value", "[listen]\nport = 1\n", 1, "listen: ");
        row("tables for a table", "\n[[limits]]\nburst = 1\n", 2, "limits: unknown setting");
        row("text for a number", "[limits]\nburst = '5'\n", 2, "limits.burst: a whole number from");
        row("fraction for a number", "limits.burst = 5.0", 1, "limits.burst: a whole number from");
        row("number for a text", "store = 5", 1, "store: a text");
        row("number for a flag", "metrics.public = 1", 1, "metrics.public: true or false");
        row("text for a list", "http.allowed_origins = 'x'", 1, "a list of texts");
        row("list of origins with a number", "http.allowed_origins = ['x', 1]", 1,
            "a list of texts");
        row("list of files with U+0000", "tls.key_file = ['a', \"b\\u0000\"]", 1,
            "tls.key_file: a text without U+0000");
        row("number for a file", "tls.key_file = 1", 1, "tls.key_file: a text, or a list of texts");
        row("text with U+0000", "store = \"a\\u0000b\"", 1, "store: a text without U+0000");
        row("unknown level", "log.level = 'loud'", 1, "one of debug, info, warning, error");
        row("unknown format", "log.format = 'xml'", 1, "one of text, logfmt, json");
        row("no TOML", "\n\nlisten = = 1", 3, "");
        row("key twice", "store = 'a'\nstore = 'b'", 2, "");
        row("not UTF-8", "store = '\xff'", 1, "");
        for (const char *network :
            {"", "here", "10/8", "10.0.0.0/33", "::1/129", "10.0.0.0/x", "::ffff:10.0.0.1"})
            row(QByteArray("network " + QByteArray(network)).constData(),
                QByteArray("proxy.trusted = '") + network + "'", 1, "proxy.trusted: a list of");
        row("unknown category", "log.levels = ['gatway=debug']", 1, "log.levels: a list of");
        row("unknown level of a category", "log.levels = ['gateway=loud']", 1,
            "log.levels: a list");
        row("empty list", "listen = []", 1, "listen: a list of 1 to 16 addresses");
        row("list with a number", "listen = ['127.0.0.1:1', 2]", 1, "listen: ADDRESS:PORT");
        row("origin", "\nhttp.allowed_origins = ['https://a', '*']", 2, "\"*\" is not an origin");
        for (const char *listen : {"localhost:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                 ":2345", "::1:2345", "[127.0.0.1]:1", "127.0.0.1:-1", ""})
            row(listen, QByteArray("listen = '") + listen + "'", 1, "listen: ADDRESS:PORT");
    }
    void fileFailuresNameFileAndLine()
    {
        QFETCH(QByteArray, toml);
        QFETCH(int, line);
        QFETCH(QString, words);
        Sources sources;
        sources.file = write(QStringLiteral("wrong.toml"), toml);
        const QString failure = failureOf(sources);
        const QString place = QStringLiteral("%1:%2: ").arg(sources.file).arg(line);
        QVERIFY2(failure.startsWith(place + words) || failure.contains(words), qPrintable(failure));
        QVERIFY2(failure.startsWith(place), qPrintable(failure));
    }

    void numbersAreRefusedOutOfTheirRange_data() { laterSourcesWin_data(); }
    void numbersAreRefusedOutOfTheirRange()
    {
        QFETCH(int, index);
        const Setting &setting = settingsTable()[size_t(index)];
        if (setting.max == 0)
            return; // no number
        const QString range =
            QStringLiteral("a whole number from %1 to %2").arg(setting.min).arg(setting.max);
        for (const qint64 number : {setting.min - 1, setting.max + 1}) {
            Sources sources;
            sources.environment.insert(setting.variable(), QByteArray::number(number));
            const QString failure = failureOf(sources);
            QVERIFY2(failure.startsWith(text(setting.variable() + ": ")), qPrintable(failure));
            QVERIFY2(failure.contains(range), qPrintable(failure));
        }
        Settings settings;
        const qint64 byDefault = setting.text(settings).toLongLong();
        QVERIFY(byDefault >= setting.min && byDefault <= setting.max);
    }

    void environmentAndCommandLineFailuresNameTheirPlace()
    {
        Sources sources;
        sources.environment.insert("PARLEY_LIMITS_BURST", "many");
        QVERIFY(failureOf(sources).startsWith(QStringLiteral("PARLEY_LIMITS_BURST: a whole")));
        sources.environment.clear();
        sources.commandLine.emplace_back("metrics.public", QStringLiteral("yes"));
        QVERIFY(failureOf(sources).startsWith(QStringLiteral("--metrics.public: true or false")));
    }

    void unknownVariablesAreOnlyWarnedOf()
    {
        Sources sources;
        sources.environment = {{"PARLEY_LIMITS_BRUST", "5"}, {"PATH", "/bin"}};
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->warnings,
            QStringList{QStringLiteral("PARLEY_LIMITS_BRUST in the environment is not a setting")});
    }

    void missingFileFails()
    {
        Sources sources;
        sources.file = m_dir.filePath(QStringLiteral("none.toml"));
        QVERIFY(failureOf(sources).startsWith(sources.file + QStringLiteral(": ")));
    }

    void relationsAreChecked_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("wrong");
        const auto row = [](const char *key, const char *right, const char *wrong) {
            QTest::newRow(key) << text(key) << text(right) << text(wrong);
        };
        row("limits.frame_bytes", "200704", "200703"); // 6 * 32768 + 4096
        row("limits.mailbox_bytes", "32768", "32767");
        row("presence.timeout_ms", "10000", "9999");
    }
    void relationsAreChecked()
    {
        QFETCH(QString, key);
        QFETCH(QString, right);
        QFETCH(QString, wrong);
        Sources sources;
        sources.commandLine.emplace_back(key.toLatin1(), right);
        QCOMPARE(failureOf(sources), QString());
        sources.commandLine.back().second = wrong;
        QVERIFY2(failureOf(sources).startsWith(key + QStringLiteral(": must be at least")),
            qPrintable(failureOf(sources)));
    }

    void whatBelongsTogetherIsChecked_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("failure"); // how it begins
        const auto row = [](const char *name, const QByteArray &toml, const char *failure) {
            QTest::newRow(name) << toml << text(failure);
        };
        row("certificate without key", "tls.certificate_file = 'C'", "tls.key_file: ");
        row("key without certificate", "tls.key_file = 'K'", "tls.key_file: ");
        row("two certificates, one key", "tls.certificate_file = ['C', 'D']\ntls.key_file = 'K'",
            "tls.key_file: ");
        row("no files", "tls.certificate_file = ''\ntls.key_file = []", "");
        row("address without certificate", "tls.listen = '127.0.0.1:1'", "tls.listen: ");
        row("plain text for all", "listen = '0.0.0.0:1'", "listen: ");
        row("plain text for all, and TLS",
            "listen = '[::]:1'\ntls.listen = '[::]:2'\ntls.certificate_file = 'C'\n"
            "tls.key_file = 'K'",
            "listen: ");
        row("plain text that something else protects", "listen = '0.0.0.0:1'\ninsecure = true", "");
        row("TLS for all", "listen = '0.0.0.0:1'\ntls.certificate_file = 'C'\ntls.key_file = 'K'",
            "");
        row("plain text for this machine, TLS for all",
            "listen = '[::1]:1'\ntls.listen = '[::]:2'\ntls.certificate_file = 'C'\n"
            "tls.key_file = 'K'",
            "");
        row("proxies that say nothing", "proxy.trusted = '::1'", "proxy.trusted: ");
        row("proxies that nobody trusts", "proxy.protocol = 'v1v2'", "proxy.protocol: ");
        row("proxies", "proxy.trusted = ['::1', '10.0.0.0/8']\nproxy.protocol = 'forwarded'", "");
    }
    void whatBelongsTogetherIsChecked()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QString, failure);
        Sources sources;
        sources.file = write(QStringLiteral("tls.toml"), toml);
        const QString got = failureOf(sources);
        QVERIFY2(failure.isEmpty() ? got.isEmpty() : got.startsWith(failure), qPrintable(got));
    }

    void dataIsWhereTheUserHasIt()
    {
        QCOMPARE(defaultData({{"HOME", "/h"}}), QStringLiteral("/h/.local/share/parley"));
        QCOMPARE(
            defaultData({{"HOME", "/h"}, {"XDG_DATA_HOME", "/x"}}), QStringLiteral("/x/parley"));
        for (const char *noPlace : {"x", "/", "//", ""})
            QCOMPARE(defaultData({{"HOME", "/h"}, {"XDG_DATA_HOME", noPlace}}),
                QStringLiteral("/h/.local/share/parley"));
    }

    void theRootDirectoryIsNoPlaceForData()
    {
        for (const char *noHome : {"", "/", "//", "/.", "home"}) {
            QCOMPARE(defaultData({{"HOME", noHome}}), QString());
            Sources sources;
            sources.environment = {{"HOME", noHome}};
            const auto configuration = configure(sources);
            QVERIFY2(configuration, why(configuration));
            QCOMPARE(configuration->settings.store, QString());
        }
    }

    void originsAreAsABrowserSendsThem()
    {
        Sources sources;
        sources.environment.insert(
            "PARLEY_HTTP_ALLOWED_ORIGINS", "HTTPS://Chat.Example:443/, http://b:80");
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        const QStringList wanted{
            QStringLiteral("https://chat.example"), QStringLiteral("http://b")};
        QCOMPARE(configuration->settings.allowedOrigins, wanted);
    }

    void storeIsInTheDataDirectory()
    {
        Sources sources;
        sources.commandLine.emplace_back("data", QStringLiteral("/srv/p"));
        const auto configuration = configure(sources);
        QVERIFY2(configuration, why(configuration));
        QCOMPARE(configuration->settings.store, QStringLiteral("sqlite:/srv/p/parley.db"));
    }

    void documentedFileHasEveryKeyWithItsDefault()
    {
        Sources sources;
        sources.environment = home();
        const auto defaults = configure(sources);
        QVERIFY2(defaults, why(defaults));
        const QString path = QStringLiteral(PARLEY_RESOURCES "/parley.toml");
        sources.file = path;
        const auto documented = configure(sources);
        QVERIFY2(documented, why(documented));
        const QStringList keys = keysOf(path);
        QCOMPARE(keys.size(), qsizetype(settingsTable().size()));
        for (const Setting &setting : settingsTable()) {
            QCOMPARE(setting.text(documented->settings), setting.text(defaults->settings));
            QVERIFY2(keys.contains(text(setting.key)), setting.key);
        }
    }

private:
    static QString text(const QByteArray &bytes) { return QString::fromUtf8(bytes); }
    static Environment home() { return {{"HOME", "/home/u"}}; }

    QString write(const QString &name, const QByteArray &content)
    {
        return test::write(m_dir.filePath(name), content);
    }

    static QByteArray toml(const Example &example, const QByteArray &value)
    {
        const bool isList = QByteArrayView(example.key) == "http.allowed_origins";
        const QByteArray quoted = example.isQuoted ? '"' + value + '"' : value;
        return QByteArray(example.key) + " = " + (isList ? '[' + quoted + ']' : quoted) + '\n';
    }

    // The keys that a TOML file sets, or shows as a comment `# key = ...`.
    static QStringList keysOf(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        static const QRegularExpression table(QStringLiteral("^\\[(.+)\\]$"));
        static const QRegularExpression key(QStringLiteral("^(?:# )?([a-z_]+) = "));
        QStringList keys;
        QString prefix;
        for (const QString &line : text(file.readAll()).split(QLatin1Char('\n'))) {
            if (const auto match = table.match(line); match.hasMatch())
                prefix = match.captured(1) + QLatin1Char('.');
            if (const auto match = key.match(line); match.hasMatch())
                keys += prefix + match.captured(1);
        }
        return keys;
    }

    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(SourcesTest)
#include "sources.moc"
