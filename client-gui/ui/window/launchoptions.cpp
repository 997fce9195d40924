// SPDX-License-Identifier: MIT
#include "ui/window/launchoptions.h"

#include "client/trust.h"
#include "core/limits.h"
#include "core/secrettext.h"
#include "play/account.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace parley::ui {
namespace {

const auto Languages =
    QStringList{QStringLiteral("en"), QStringLiteral("vi"), QStringLiteral("system")};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(parley::ui::LaunchOptions)
};

Result<QByteArray> readSecret(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1: %2").arg(path, file.errorString())};
    const auto secret = secretOf(file.read(limits::SecretBytes + 1));
    if (!secret)
        return Failure{QStringLiteral("%1: %2").arg(path, secret.failure().text)};
    return secret;
}

struct Parser {
    Parser()
    {
        parser.setApplicationDescription(Words::tr(
            "The workbench of Parley: plays clients, shows every step of a message, injects "
            "faults.\nFor scenarios without a display: parley-client --headless --help"));
        parser.addOptions({demo, url, ca, key, token, language, theme, version, help});
    }

    QCommandLineParser parser;
    const QCommandLineOption demo{QStringLiteral("demo"),
        Words::tr("Connects as alice and bob, the users of a server started with --demo.")};
    const QCommandLineOption url{QStringLiteral("url"),
        Words::tr("The server; by default ws://127.0.0.1:2345."), QStringLiteral("URL")};
    const QCommandLineOption ca{QStringLiteral("ca"),
        Words::tr("Trusts the certificates in this PEM file, too, for wss servers."),
        QStringLiteral("FILE")};
    const QCommandLineOption key{QStringLiteral("secret-key-file"),
        Words::tr("A file with the secret key, to mint sessions."), QStringLiteral("FILE")};
    const QCommandLineOption token{QStringLiteral("trace-token-file"),
        Words::tr("A file with the admin token for the server's trace; or PARLEY_ADMIN_TOKEN."),
        QStringLiteral("FILE")};
    const QCommandLineOption language{
        QStringLiteral("language"), Words::tr("en, vi or system."), QStringLiteral("LANGUAGE")};
    const QCommandLineOption theme{
        QStringLiteral("theme"), Words::tr("system, light or dark."), QStringLiteral("THEME")};
    const QCommandLineOption version{
        {QStringLiteral("v"), QStringLiteral("version")}, Words::tr("Prints the version.")};
    const QCommandLineOption help{
        {QStringLiteral("h"), QStringLiteral("help")}, Words::tr("Prints this help.")};
};

Done readServer(const QString &text, LaunchOptions &options)
{
    options.server = play::serverUrl(text);
    const QString scheme = options.server.scheme();
    const bool isWebSocket = scheme == QLatin1String("ws") || scheme == QLatin1String("wss");
    if (!isWebSocket || options.server.host().isEmpty())
        return Failure{
            Words::tr("--url: %1 is not an address such as ws://127.0.0.1:2345").arg(text)};
    return done();
}

// A demo's server has made itself a token where it keeps its data.
Done readToken(const Parser &p, LaunchOptions &options)
{
    const QByteArray fromEnvironment = qgetenv("PARLEY_ADMIN_TOKEN");
    if (p.parser.isSet(p.token)) {
        const auto token = readSecret(p.parser.value(p.token));
        if (!token)
            return Failure{QStringLiteral("--trace-token-file: %1").arg(token.failure().text)};
        options.traceToken = *token;
    } else if (!fromEnvironment.isEmpty()) {
        options.traceToken = fromEnvironment;
    } else if (const auto token = readSecret(defaultTokenFile())) {
        options.traceToken = *token;
        options.isTraceTokenFound = true;
    } else {
        options.traceTokenProblem = Words::tr("no admin token (%1)").arg(token.failure().text);
    }
    return done();
}

Done readRest(const Parser &p, LaunchOptions &options)
{
    if (p.parser.isSet(p.ca)) {
        if (const Done trusted = client::trust(p.parser.value(p.ca)); !trusted)
            return Failure{QStringLiteral("--ca: %1").arg(trusted.failure().text)};
    }
    if (p.parser.isSet(p.key)) {
        const auto key = readSecret(p.parser.value(p.key));
        if (!key)
            return Failure{QStringLiteral("--secret-key-file: %1").arg(key.failure().text)};
        options.secretKey = *key;
    }
    if (p.parser.isSet(p.theme)) {
        options.theme = themeChoice(p.parser.value(p.theme));
        if (!options.theme)
            return Failure{Words::tr("--theme: system, light or dark")};
    }
    if (p.parser.isSet(p.language)) {
        options.language = p.parser.value(p.language);
        if (!Languages.contains(options.language))
            return Failure{Words::tr("--language: en, vi or system")};
    }
    return readToken(p, options);
}

} // namespace

QString defaultTokenFile()
{
    const QString data = qEnvironmentVariable("XDG_DATA_HOME");
    const QString base = data.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/share") : data;
    return base + QStringLiteral("/parley/admin.token");
}

Result<LaunchOptions> readCommandLine(const QStringList &arguments)
{
    Parser p;
    if (!p.parser.parse(arguments))
        return Failure{p.parser.errorText()};
    if (!p.parser.positionalArguments().isEmpty())
        return Failure{
            Words::tr("unexpected argument: \"%1\"").arg(p.parser.positionalArguments().first())};
    LaunchOptions options;
    options.isDemo = p.parser.isSet(p.demo);
    if (p.parser.isSet(p.help))
        options.help = p.parser.helpText();
    if (p.parser.isSet(p.version))
        options.version = QStringLiteral("parley-client " PARLEY_VERSION "\n");
    if (p.parser.isSet(p.url)) {
        if (const Done read = readServer(p.parser.value(p.url), options); !read)
            return read.failure();
    }
    if (const Done read = readRest(p, options); !read)
        return read.failure();
    return options;
}

} // namespace parley::ui
