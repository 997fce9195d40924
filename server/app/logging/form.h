// SPDX-License-Identifier: MIT
#pragma once

namespace parley::app {

// What is less grave than this is not logged.
enum class LogLevel { Debug, Info, Warning, Error };
// Of a line: for people; key=value; one JSON object.
enum class LogFormat { Text, Logfmt, Json };

} // namespace parley::app
