// SPDX-License-Identifier: MIT
// Numbers for the metrics. One thread counts, any thread may read: no lock, nothing to wait for,
// and an addition costs what an addition costs.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <vector>

namespace parley {

// What came so often, or is there so many times. Written by one thread.
class Count {
public:
    void add(qint64 more = 1) { set(value() + more); }
    void set(qint64 value) { m_value.store(value, std::memory_order_relaxed); }
    qint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> m_value = 0;
};

// A histogram as it was when it was read: how many values are at most bounds[i], and more than
// bounds[i - 1]; the last of the counts is of those above all bounds.
struct HistogramFigures {
    std::vector<qint64> bounds;
    std::vector<qint64> counts;
    qint64 sum = 0; // of all values

    HistogramFigures &operator+=(const HistogramFigures &other)
    {
        if (bounds.empty())
            return *this = other;
        std::ranges::transform(counts, other.counts, counts.begin(), std::plus());
        sum += other.sum;
        return *this;
    }
};

// How often values of each size came. The bounds are 1, 2, 5, 10, 20, 50 … times First, `Buckets`
// of them. Written by one thread.
template <qint64 First, size_t Buckets> class Histogram {
public:
    void add(qint64 value)
    {
        size_t bucket = Start[size_t(std::bit_width(quint64(std::max<qint64>(value, 0))))];
        while (bucket < Buckets && value > Bounds[bucket])
            ++bucket;
        m_counts[bucket].add();
        m_sum.add(value);
    }

    HistogramFigures figures() const
    {
        HistogramFigures figures{{Bounds.begin(), Bounds.end()}, {}, m_sum.value()};
        for (const Count &count : m_counts)
            figures.counts.push_back(count.value());
        return figures;
    }

private:
    static constexpr auto Bounds = [] {
        std::array<qint64, Buckets> bounds{};
        qint64 decade = First;
        for (size_t i = 0; i < Buckets; ++i) {
            constexpr std::array Steps{1, 2, 5};
            bounds[i] = decade * Steps[i % 3];
            decade *= i % 3 == 2 ? 10 : 1;
        }
        return bounds;
    }();
    // By the number of bits of a value, the first bucket that it can be in: few are left to look
    // at.
    static constexpr auto Start = [] {
        std::array<quint8, 65> start{};
        for (size_t bits = 1; bits < start.size(); ++bits) {
            const quint64 least = quint64(1) << (bits - 1);
            size_t bucket = 0;
            while (bucket < Buckets && quint64(Bounds[bucket]) < least)
                ++bucket;
            start[bits] = quint8(bucket);
        }
        return start;
    }();

    std::array<Count, Buckets + 1> m_counts;
    Count m_sum;
};

// In microseconds: 100 µs to 50 s.
using Durations = Histogram<100, 18>;
// In milliseconds: 1 ms to 11 days.
using Ages = Histogram<1, 28>;
// 1 to 10 000.
using Sizes = Histogram<1, 13>;

using Ticks = std::chrono::steady_clock::time_point;
inline qint64 microseconds(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

} // namespace parley
