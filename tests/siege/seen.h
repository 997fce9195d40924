// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <map>
#include <string>

namespace parley::siege {

// What clients were refused, each as often as it came.
struct Seen {
    std::map<std::string, qint64> statuses; // HTTP, without 101
    std::map<std::string, qint64> closes; // codes that the server gave first
    std::map<std::string, qint64> errors; // codes of ERROR frames

    Seen &operator+=(const Seen &other)
    {
        for (const auto &[code, count] : other.statuses)
            statuses[code] += count;
        for (const auto &[code, count] : other.closes)
            closes[code] += count;
        for (const auto &[code, count] : other.errors)
            errors[code] += count;
        return *this;
    }
};

} // namespace parley::siege
