// SPDX-License-Identifier: MIT
// Where settings come from: defaults, then the file, then the environment, then the command line.
#pragma once

#include "app/settings/readfile.h"
#include "app/settings/settings.h"
#include "core/result.h"

#include <QMap>

#include <utility>
#include <vector>

namespace parley::app {

using Environment = QMap<QByteArray, QByteArray>;
Environment systemEnvironment();

struct Sources {
    QString file; // in TOML; empty: none
    Environment environment;
    std::vector<std::pair<QByteArray, QString>> commandLine; // keys and values
    Accept accept = Accept::AnyFile; // which of these files are read
};

struct Configuration {
    Settings settings;
    QStringList warnings; // what is odd, but no error
};

// Reads all sources, and the files of secrets that they name. A Failure begins with its place:
// "FILE:LINE: ", the variable of the environment, or the option of the command line.
Result<Configuration> configure(const Sources &);

// The data directory where nothing else is set: empty for who has no home. The store in a data
// directory.
QString defaultData(const Environment &);
QString defaultStore(const QString &data);

} // namespace parley::app
