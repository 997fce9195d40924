// SPDX-License-Identifier: MIT
#pragma once

#include "bench/ledger.h"
#include "core/histogram.h"

#include <string>
#include <string_view>
#include <vector>

namespace parley::bench {

// The figures of a run, in the order in which they are added.
class Report {
public:
    explicit Report(std::string workload);

    // `name` is the JSON member; with blanks for underscores it is the line's text.
    void add(std::string_view name, qint64 value);
    void add(std::string_view name, double value);
    // Four figures: name_p50_us, name_p90_us, name_p99_us, name_max_us.
    void add(std::string_view name, const Histogram &microseconds);
    void add(const Faults &); // each kind, and their sum

    std::string json() const; // one object, in one line
    std::string text() const; // a figure a line

private:
    struct Figure {
        std::string name;
        std::string value;
    };
    std::string m_workload;
    std::vector<Figure> m_figures;
};

} // namespace parley::bench
