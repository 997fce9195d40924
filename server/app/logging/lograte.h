// SPDX-License-Identifier: MIT
// How often one kind of line may come: one place in the source must not hide all others, nor keep
// the process busy.
#pragma once

#include "core/clock.h"
#include "core/limits.h"

#include <QByteArray>

#include <compare>
#include <map>

namespace parley::app {

// Where in the source a line comes from. The texts are literals, so their addresses are them. What
// Qt logs itself names no place, and is one kind for each category.
struct LineKind {
    const char *category = nullptr;
    const char *file = nullptr;
    int line = 0;
    friend auto operator<=>(const LineKind &, const LineKind &) = default;
};

// limits::LogBurst lines of a kind at once, then one in each limits::LogInterval; of security
// events limits::SecurityLogBurst and limits::SecurityLogInterval. One thread at a time; there are
// no more kinds than places in the source.
class LogRate {
public:
    // Whether the line may come, and how many of its kind were left out before it.
    struct Verdict {
        bool mayCome = false;
        quint64 leftOut = 0;
    };
    Verdict ask(const LineKind &, Instant now);
    // How many lines of each category were left out and not told of. Forgets them.
    std::map<QByteArray, quint64> takeLeftOut();

private:
    struct Bucket {
        Instant full; // when it would hold limits::LogBurst lines again
        quint64 leftOut = 0;
    };
    std::map<LineKind, Bucket> m_buckets;
};

} // namespace parley::app
