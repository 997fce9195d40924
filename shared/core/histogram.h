// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <array>

namespace parley {

// Counts values of 0 … 2^36 (larger count as that), exact below 128 and within 1.6 % above, in
// constant memory.
class Histogram {
public:
    void add(qint64 value);
    qint64 count() const { return m_count; }
    qint64 max() const { return m_max; }
    // The least value that `percent` of all do not exceed; 0 when there is none.
    qint64 percentile(double percent) const;

private:
    static constexpr int SubBits = 6;
    static constexpr int TopBits = 36;
    static int bucketOf(quint64 value);
    static qint64 upperEnd(int bucket);

    std::array<qint64, (TopBits - SubBits + 2) << SubBits> m_buckets{};
    qint64 m_count = 0;
    qint64 m_max = 0;
};

} // namespace parley
