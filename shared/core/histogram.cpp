// SPDX-License-Identifier: MIT
#include "core/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace parley {

// Below 2^(SubBits + 1) each value has its bucket; above, each power of two has 2^SubBits of them.
int Histogram::bucketOf(quint64 value)
{
    const int shift = std::max(0, int(std::bit_width(value)) - (SubBits + 1));
    return (shift << SubBits) + int(value >> shift);
}

qint64 Histogram::upperEnd(int bucket)
{
    const int shift = std::max(0, (bucket >> SubBits) - 1);
    return ((qint64(bucket - (shift << SubBits)) + 1) << shift) - 1;
}

void Histogram::add(qint64 value)
{
    value = std::clamp(value, qint64(0), qint64(1) << TopBits);
    ++m_buckets[bucketOf(quint64(value))];
    ++m_count;
    m_max = std::max(m_max, value);
}

qint64 Histogram::percentile(double percent) const
{
    const qint64 rank = std::max(qint64(1), qint64(std::ceil(percent / 100 * double(m_count))));
    qint64 seen = 0;
    for (int i = 0; i < int(m_buckets.size()); ++i) {
        seen += m_buckets[i];
        if (seen >= rank)
            return std::min(upperEnd(i), m_max);
    }
    return 0;
}

} // namespace parley
