// SPDX-License-Identifier: MIT
#include "bench/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace parley::bench {

Report::Report(std::string workload)
    : m_workload(std::move(workload))
{
}

void Report::add(std::string_view name, qint64 value)
{
    m_figures.push_back({std::string(name), std::to_string(value)});
}

void Report::add(std::string_view name, double value)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", value < 100 ? 2 : 0, value);
    m_figures.push_back({std::string(name), text.data()});
}

void Report::add(std::string_view name, const Histogram &microseconds)
{
    const std::string prefix(name);
    for (const int percent : {50, 90, 99})
        add(prefix + "_p" + std::to_string(percent) + "_us", microseconds.percentile(percent));
    add(prefix + "_max_us", microseconds.max());
}

void Report::add(const Faults &faults)
{
    for (const FaultKind &kind : FaultKinds)
        add(kind.name, faults.*kind.count);
    add("faults", faults.total());
}

std::string Report::json() const
{
    std::string out = R"({"workload":")" + m_workload + '"';
    for (const Figure &figure : m_figures)
        out += ",\"" + figure.name + "\":" + figure.value;
    return out + '}';
}

std::string Report::text() const
{
    std::size_t width = 0;
    for (const Figure &figure : m_figures)
        width = std::max(width, figure.name.size());
    std::string out = m_workload + '\n';
    for (const Figure &figure : m_figures) {
        std::string name = figure.name;
        std::replace(name.begin(), name.end(), '_', ' ');
        out += "  " + name + std::string(width + 2 - name.size(), ' ') + figure.value + '\n';
    }
    return out;
}

} // namespace parley::bench
