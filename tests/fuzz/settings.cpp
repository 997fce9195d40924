// SPDX-License-Identifier: MIT
// Configuration: what is taken from a TOML file, the environment and a command line is what the
// strongest of them says, and means the same when it is written down and read again; what is
// refused is refused with its place.
//
// A line of two per cent signs parts the input: the file, lines NAME=VALUE of the environment, and
// lines KEY=VALUE of the command line.
#include "app/settings/sources.h"
#include "app/settings/table.h"
#include "app/settings/tomlfile.h"
#include "fuzz/fuzz.h"

#include <algorithm>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>

using namespace parley;
using namespace parley::app;

namespace {

// The file that is read, in memory.
QString fileOf(const QByteArray &toml)
{
    static const int file = memfd_create("settings", MFD_CLOEXEC);
    static const QString path = QStringLiteral("/proc/self/fd/%1").arg(file);
    if (file < 0 || ftruncate(file, 0) != 0
        || pwrite(file, toml.constData(), size_t(toml.size()), 0) != toml.size())
        qFatal("no file in memory");
    return path;
}

// The files of secrets are whichever the settings name; no input gets to choose what is read.
// Of a secret, which is read.
bool namesFile(QByteArrayView key)
{
    const QByteArray lower = key.toByteArray().toLower();
    return lower.endsWith("_file") && !lower.contains("tls");
}

std::vector<std::pair<QByteArray, QByteArray>> pairs(const QByteArray &lines)
{
    std::vector<std::pair<QByteArray, QByteArray>> pairs;
    for (const QByteArray &line : lines.split('\n')) {
        const qsizetype equals = line.indexOf('=');
        if (equals > 0 && !line.contains('\0') && !namesFile(line.first(equals)))
            pairs.emplace_back(line.first(equals), line.sliced(equals + 1));
    }
    return pairs;
}

Sources sourcesOf(const QByteArray &text)
{
    constexpr QByteArrayView Mark = "\n%%\n";
    const qsizetype first = text.indexOf(Mark);
    const qsizetype second = first < 0 ? -1 : text.indexOf(Mark, first + Mark.size());
    const auto part = [&](qsizetype from, qsizetype to) {
        return from < 0 ? QByteArray() : text.mid(from + Mark.size(), to < 0 ? -1 : to - from);
    };
    Sources sources;
    sources.file = fileOf(text.left(first < 0 ? text.size() : first));
    sources.environment.insert("HOME", "/home/user");
    for (const auto &[name, value] : pairs(part(first, second)))
        sources.environment.insert(name, value);
    for (const auto &[key, value] : pairs(part(second, -1))) {
        if (findSetting(key)) // others cannot be written on a command line
            sources.commandLine.emplace_back(key, QString::fromUtf8(value));
    }
    return sources;
}

// What the strongest source says; nullopt: none does.
std::optional<QString> strongest(
    const Setting &setting, const Sources &sources, const std::vector<TomlEntry> &entries)
{
    Settings settings;
    const auto &given = sources.commandLine;
    const auto option = std::find_if(
        given.rbegin(), given.rend(), [&](const auto &pair) { return pair.first == setting.key; });
    const auto entry = std::ranges::find(entries, QByteArray(setting.key), &TomlEntry::key);
    if (option != given.rend())
        MUST(setting.setText(settings, option->second));
    else if (sources.environment.contains(setting.variable()))
        MUST(setting.setText(
            settings, QString::fromUtf8(sources.environment.value(setting.variable()))));
    else if (entry != entries.end())
        MUST(setting.set(settings, entry->value));
    else
        return std::nullopt;
    return setting.text(settings);
}

void checkTaken(
    const Configuration &taken, const Sources &sources, const std::vector<TomlEntry> &entries)
{
    Sources said;
    for (const Setting &setting : settingsTable()) {
        const QString text = setting.text(taken.settings);
        const auto given = strongest(setting, sources, entries);
        MUST(!given || given->isEmpty() || *given == text);
        if (!namesFile(setting.key))
            said.environment.insert(setting.variable(), text.toUtf8());
    }
    const Limits &limits = taken.settings.limits;
    MUST(limits.frameBytes >= 6 * limits.bodyBytes + 4096);
    MUST(limits.mailboxBytes >= limits.bodyBytes);
    MUST(limits.heartbeatTimeout >= 2 * limits.heartbeatInterval);
    const auto again = configure(said);
    MUST(again);
    for (const Setting &setting : settingsTable())
        MUST(setting.text(again->settings) == setting.text(taken.settings));
    MUST(taken.settings.secretKey.isEmpty() == !sources.environment.contains("PARLEY_SECRET_KEY"));
}

void checkPlace(const QString &why, const Sources &sources)
{
    const bool isInFile = why.startsWith(sources.file + QLatin1Char(':'));
    const bool isElsewhere = why.startsWith(QLatin1StringView("PARLEY_"))
        || why.startsWith(QLatin1StringView("--"))
        || std::ranges::any_of(settingsTable(), [&](const Setting &setting) {
               return why.startsWith(QLatin1StringView(setting.key) + QStringLiteral(": "));
           });
    MUST(isInFile || isElsewhere);
    MUST(why.contains(QLatin1StringView(": ")));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Sources sources = sourcesOf(fuzz::Input(data, size).bytes().toByteArray());
    const auto entries = readToml(sources.file);
    if (!entries) {
        checkPlace(entries.failure().text, sources);
        return 0;
    }
    MUST(std::ranges::is_sorted(*entries, {}, &TomlEntry::line));
    if (std::ranges::any_of(*entries, namesFile, &TomlEntry::key))
        return 0;
    const auto taken = configure(sources);
    if (taken) {
        ++fuzz::taken;
        checkTaken(*taken, sources, *entries);
    } else {
        checkPlace(taken.failure().text, sources);
    }
    return 0;
}
