// SPDX-License-Identifier: MIT
#pragma once

#include "bench/target.h"
#include "core/limits.h"

#include <map>
#include <string>

namespace parley::siege {

struct HttpAnswer {
    int status = 0; // 0: none in time
    std::string body;
};
// Asks by GET and waits.
HttpAnswer ask(const bench::Target &, const std::string &path, milliseconds patience);

// The counter NAME{LABEL="…"} of a Prometheus text, by the label's values.
std::map<std::string, qint64> counter(
    const std::string &text, const std::string &name, const std::string &label);

} // namespace parley::siege
