// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <map>

namespace parley::app {

// What is less grave than this is not logged.
enum class LogLevel { Debug, Info, Warning, Error };
// Of single categories, such as "gateway".
struct LogLevels : std::map<QString, LogLevel> { };
// Of a line: for people; key=value; one JSON object.
enum class LogFormat { Text, Logfmt, Json };

} // namespace parley::app
