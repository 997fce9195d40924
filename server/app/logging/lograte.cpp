// SPDX-License-Identifier: MIT
#include "app/logging/lograte.h"

#include "core/log.h"

#include <algorithm>
#include <utility>

namespace parley::app {

LogRate::Verdict LogRate::ask(const LineKind &kind, Instant now)
{
    // Who watches the log for attackers must see each, and what they do is bounded by throttles.
    const bool isSecurity = kind.category == lcSecurity().categoryName();
    const auto burst = isSecurity ? limits::SecurityLogBurst : limits::LogBurst;
    const auto interval = isSecurity ? limits::SecurityLogInterval : limits::LogInterval;
    Bucket &bucket = m_buckets[kind];
    const Instant after = std::max(bucket.full, now) + interval;
    if (after - now > burst * interval) {
        ++bucket.leftOut;
        return {};
    }
    bucket.full = after;
    return {true, std::exchange(bucket.leftOut, 0)};
}

std::map<QByteArray, quint64> LogRate::takeLeftOut()
{
    std::map<QByteArray, quint64> result;
    for (auto &[kind, bucket] : m_buckets) {
        if (bucket.leftOut > 0)
            result[kind.category] += std::exchange(bucket.leftOut, 0);
    }
    return result;
}

} // namespace parley::app
