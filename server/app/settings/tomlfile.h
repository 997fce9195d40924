// SPDX-License-Identifier: MIT
// A TOML file as a flat list.
#pragma once

#include "app/settings/readfile.h"
#include "app/settings/setting.h"

namespace parley::app {

struct TomlEntry {
    QByteArray key; // with the names of its tables before it: "limits.burst"
    int line = 0;
    bool isTable = false; // has no value itself
    Value value;
};

// In the order of lines. A Failure begins with "FILE: " or "FILE:LINE: ".
Result<std::vector<TomlEntry>> readToml(const QString &file, Accept = Accept::AnyFile);

} // namespace parley::app
