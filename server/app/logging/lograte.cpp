// SPDX-License-Identifier: MIT
#include "app/logging/lograte.h"

#include <algorithm>
#include <utility>

namespace parley::app {

LogRate::Verdict LogRate::ask(const LineKind &kind, Instant now)
{
    Bucket &bucket = m_buckets[kind];
    const Instant after = std::max(bucket.full, now) + limits::LogInterval;
    if (after - now > limits::LogBurst * limits::LogInterval) {
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
