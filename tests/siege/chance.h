// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <random>

namespace parley::siege {

// Every choice of a siege comes from here, and so from its seed. The standard's distributions
// differ from library to library; these do not.
class Chance {
public:
    explicit Chance(quint64 seed)
        : m_engine(seed)
    {
    }
    // One for somebody else, whose choices do not depend on ours.
    Chance branch() { return Chance(m_engine()); }

    int below(int n) { return n > 0 ? int(m_engine() % quint64(n)) : 0; } // 0 … n - 1
    int between(int least, int most) { return least + below(most - least + 1); }
    bool oneIn(int n) { return below(n) == 0; }
    template <typename T, std::size_t N> const T &of(const T (&choices)[N])
    {
        return choices[below(int(N))];
    }
    template <typename List> const auto &of(const List &choices)
    {
        return choices[typename List::size_type(below(int(choices.size())))];
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace parley::siege
