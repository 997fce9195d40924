// SPDX-License-Identifier: MIT
#include "audit/ranges.h"

#include <algorithm>
#include <iterator>

namespace parley::audit {

void Ranges::add(Seq first, Seq last)
{
    if (last < first)
        return;
    auto at = m_spans.upper_bound(first);
    if (at != m_spans.begin() && std::prev(at)->second.next() >= first) {
        --at;
        first = at->first;
    }
    while (at != m_spans.end() && at->first <= last.next()) {
        last = std::max(last, at->second);
        at = m_spans.erase(at);
    }
    m_spans.emplace(first, last);
    if (m_spans.size() > MostSpans) {
        const Seq least = m_spans.begin()->first;
        const auto second = std::next(m_spans.begin());
        const Seq end = second->second;
        m_spans.erase(m_spans.begin(), std::next(second));
        m_spans.emplace(least, end);
    }
}

bool Ranges::contains(Seq seq) const
{
    const auto after = m_spans.upper_bound(seq);
    return after != m_spans.begin() && std::prev(after)->second >= seq;
}

qint64 Ranges::count(Seq first, Seq last) const
{
    qint64 sum = 0;
    auto at = m_spans.upper_bound(first);
    if (at != m_spans.begin())
        --at;
    for (; at != m_spans.end() && at->first <= last; ++at) {
        const Seq from = std::max(first, at->first);
        const Seq to = std::min(last, at->second);
        if (from <= to)
            sum += to.value() - from.value() + 1;
    }
    return sum;
}

Seq Ranges::firstMissing(Seq from) const
{
    const auto after = m_spans.upper_bound(from);
    if (after == m_spans.begin() || std::prev(after)->second < from)
        return from;
    return std::prev(after)->second.next();
}

} // namespace parley::audit
