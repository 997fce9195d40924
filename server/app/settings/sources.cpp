// SPDX-License-Identifier: MIT
#include "app/settings/sources.h"

#include "app/settings/secretfile.h"
#include "app/settings/table.h"
#include "app/settings/tomlfile.h"
#include "core/secrettext.h"

#include <QDir>

#include <algorithm>
#include <unistd.h>

namespace parley::app {

namespace {

Failure at(const QString &place, const QString &text)
{
    return {place + QStringLiteral(": ") + text};
}

bool isTableOfSettings(const QByteArray &key)
{
    return std::ranges::any_of(settingsTable(),
        [&](const Setting &setting) { return QByteArrayView(setting.key).startsWith(key + '.'); });
}

Done takeFile(const QString &file, Accept accept, Settings &settings)
{
    const auto entries = readToml(file, accept);
    if (!entries)
        return entries.failure();
    for (const TomlEntry &entry : *entries) {
        if (entry.isTable && isTableOfSettings(entry.key))
            continue;
        const QString place =
            QStringLiteral("%1:%2: %3").arg(file).arg(entry.line).arg(QString::fromUtf8(entry.key));
        const Setting *setting = findSetting(entry.key);
        if (!setting)
            return at(place, QStringLiteral("unknown setting"));
        if (const Done set = setting->set(settings, entry.value); !set)
            return at(place, set.failure().text);
    }
    return done();
}

Done takeVariable(const QByteArray &name, const QByteArray &value, Configuration &configuration)
{
    const QString place = QString::fromUtf8(name);
    Settings &settings = configuration.settings;
    if (name == "PARLEY_SECRET_KEY" || name == "PARLEY_ADMIN_TOKEN") {
        const auto key = secretOf(value);
        if (!key)
            return at(place, key.failure().text);
        (name == "PARLEY_SECRET_KEY" ? settings.secretKey : settings.adminToken) = *key;
        return done();
    }
    const auto table = settingsTable();
    const auto setting = std::ranges::find(table, name, &Setting::variable);
    if (setting == table.end()) {
        configuration.warnings += place + QStringLiteral(" in the environment is not a setting");
        return done();
    }
    const Done set = setting->setText(settings, QString::fromUtf8(value));
    return set ? done() : at(place, set.failure().text);
}

// A secret that is already there came from the environment itself and wins.
Done takeSecretFile(const QString &file, Accept accept, QByteArray &target, QStringList &warnings)
{
    if (file.isEmpty() || !target.isEmpty())
        return done();
    const auto text = readSecret(file, warnings, accept);
    if (!text)
        return text.failure();
    target = *text;
    return done();
}

// A key of the environment has no file that another one could lie beside.
Done takePreviousKey(Settings &settings, bool isFromFile, Accept accept, QStringList &warnings)
{
    if (!isFromFile || settings.secretKeyFile.isEmpty())
        return done();
    auto previous = readPreviousSecret(settings.secretKeyFile, warnings, accept);
    if (!previous)
        return previous.failure();
    if (*previous) {
        settings.previousKey = (*previous)->secret;
        settings.previousKeyEnds = (*previous)->end;
    }
    return done();
}

Done checkRelations(const Settings &settings)
{
    const Limits &limits = settings.limits;
    if (limits.frameBytes < 6 * limits.bodyBytes + 4096)
        return Failure{QStringLiteral("limits.frame_bytes: must be at least %1, for a body of"
                                      " limits.body_bytes with every character escaped")
                           .arg(6 * limits.bodyBytes + 4096)};
    if (limits.mailboxBytes < limits.bodyBytes)
        return Failure{QStringLiteral("limits.mailbox_bytes: must be at least limits.body_bytes"
                                      " (%1), so that a mailbox can hold one message")
                           .arg(limits.bodyBytes)};
    if (limits.heartbeatTimeout < 2 * limits.heartbeatInterval)
        return Failure{QStringLiteral("presence.timeout_ms: must be at least twice"
                                      " presence.interval_ms (%1)")
                           .arg(limits.heartbeatInterval.count())};
    return done();
}

Done checkTls(const Settings &settings)
{
    if (settings.certificateFiles.size() != settings.keyFiles.size())
        return Failure{QStringLiteral("tls.key_file: one is needed for each tls.certificate_file")};
    if (settings.certificateFiles.isEmpty() && !settings.tlsListen.empty())
        return Failure{
            QStringLiteral("tls.listen: TLS needs tls.certificate_file and tls.key_file")};
    const auto isExposed = [](const Listen &listen) {
        return !listen.isTls && !listen.address.isLoopback();
    };
    if (!settings.insecure && std::ranges::any_of(allListen(settings), isExposed))
        return Failure{QStringLiteral(
            "listen: plain text beyond this machine could be read and changed by others on the way;"
            " set tls.certificate_file and tls.key_file, or --insecure where something else"
            " protects it")};
    return done();
}

Done checkProxies(const Settings &settings)
{
    const bool isNone = settings.proxyProtocol == ProxyProtocol::None;
    if (settings.trustedProxies.empty() && !isNone)
        return Failure{
            QStringLiteral("proxy.protocol: proxy.trusted must say whose word is taken")};
    if (!settings.trustedProxies.empty() && isNone)
        return Failure{QStringLiteral("proxy.trusted: proxy.protocol must say how they tell")};
    return done();
}

void setDefaults(Settings &settings, const Environment &environment)
{
    if (settings.data.isEmpty())
        settings.data = defaultData(environment);
    if (settings.store.isEmpty() && !settings.data.isEmpty())
        settings.store = defaultStore(settings.data);
}

// The root directory is none: it is what those have for a home who have none.
bool isPlace(const QString &folder)
{
    return folder.startsWith(u'/') && QDir::cleanPath(folder) != QLatin1StringView("/");
}

} // namespace

Environment systemEnvironment()
{
    Environment environment;
    for (char **entry = environ; *entry; ++entry) {
        const QByteArray text(*entry);
        const qsizetype equals = text.indexOf('=');
        environment.insert(text.left(equals), text.mid(equals + 1));
    }
    return environment;
}

Result<Configuration> configure(const Sources &sources)
{
    Configuration result;
    Settings &settings = result.settings;
    if (!sources.file.isEmpty()) {
        if (const Done taken = takeFile(sources.file, sources.accept, settings); !taken)
            return taken.failure();
    }
    for (const auto &[name, value] : sources.environment.asKeyValueRange()) {
        if (!name.startsWith("PARLEY_"))
            continue;
        if (const Done taken = takeVariable(name, value, result); !taken)
            return taken.failure();
    }
    for (const auto &[key, value] : sources.commandLine) {
        if (const Done set = findSetting(key)->setText(settings, value); !set)
            return at(QStringLiteral("--") + QString::fromUtf8(key), set.failure().text);
    }
    setDefaults(settings, sources.environment);
    const bool isKeyFromFile = settings.secretKey.isEmpty();
    for (const Done &check : {checkRelations(settings), checkTls(settings), checkProxies(settings),
             takeSecretFile(
                 settings.secretKeyFile, sources.accept, settings.secretKey, result.warnings),
             takePreviousKey(settings, isKeyFromFile, sources.accept, result.warnings),
             takeSecretFile(
                 settings.adminTokenFile, sources.accept, settings.adminToken, result.warnings)}) {
        if (!check)
            return check.failure();
    }
    return result;
}

std::vector<Listen> allListen(const Settings &settings)
{
    std::vector<Listen> all = settings.listen;
    for (Listen &listen : all)
        listen.isTls = settings.tlsListen.empty() && !settings.certificateFiles.isEmpty();
    for (Listen listen : settings.tlsListen) {
        listen.isTls = true;
        all.push_back(listen);
    }
    return all;
}

QString defaultData(const Environment &environment)
{
    const QString base = QString::fromUtf8(environment.value("XDG_DATA_HOME"));
    // The XDG base directory specification has relative paths ignored.
    if (isPlace(base))
        return base + QStringLiteral("/parley");
    const QString home = QString::fromUtf8(environment.value("HOME"));
    return isPlace(home) ? home + QStringLiteral("/.local/share/parley") : QString();
}

QString defaultStore(const QString &data)
{
    return QStringLiteral("sqlite:%1/parley.db").arg(data);
}

} // namespace parley::app
