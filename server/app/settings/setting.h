// SPDX-License-Identifier: MIT
// One setting, a row of table.h: what it is called, what values it takes, and where it is kept.
#pragma once

#include "app/settings/settings.h"
#include "core/result.h"

#include <variant>

namespace parley::app {

// What a configuration file can hold; monostate: something that no setting takes.
using Value = std::variant<std::monostate, bool, qint64, QString, QStringList>;

// Where a setting is kept in Settings. Its type decides which values are taken.
using Field = std::variant<bool &(*)(Settings &), int &(*)(Settings &), qint64 &(*)(Settings &),
    milliseconds &(*)(Settings &), std::chrono::hours &(*)(Settings &), QString &(*)(Settings &),
    QStringList &(*)(Settings &), Origins &(*)(Settings &), std::vector<Listen> &(*)(Settings &),
    Networks &(*)(Settings &), LogLevel &(*)(Settings &), LogLevels &(*)(Settings &),
    LogFormat &(*)(Settings &), EventLoop &(*)(Settings &), ProxyProtocol &(*)(Settings &)>;

// Failures of set() and setText() say what would have been right, but not which setting it is.
struct Setting {
    const char *key; // in the TOML file: "limits.burst"
    const char *hint; // what a value looks like: "N"
    const char *meaning; // a phrase for --help
    Field field;
    qint64 min = 0; // of numbers; of addresses, how many
    qint64 max = 0;

    // "PARLEY_LIMITS_BURST"
    QByteArray variable() const;
    Done set(Settings &, const Value &) const;
    // Of several values; on a command line each can have the option to itself.
    bool isList() const;
    bool isFlag() const;
    // As a command line or the environment has it; a list is separated by commas.
    Done setText(Settings &, const QString &) const;
    // The other way round.
    QString text(Settings) const;
};

} // namespace parley::app
