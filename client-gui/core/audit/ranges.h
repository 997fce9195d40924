// SPDX-License-Identifier: MIT
#pragma once

#include "core/ids.h"

#include <map>

namespace parley::audit {

// A set of seqs, kept as ranges: what is confirmed in order takes one of them. Over MostSpans
// ranges the two lowest become one, with what lies between them: whoever keeps in here what is
// excused, then excuses more and never accuses wrongly.
class Ranges {
public:
    static constexpr size_t MostSpans = 100'000;

    void add(Seq first, Seq last); // nothing when last < first
    void add(Seq seq) { add(seq, seq); }
    bool contains(Seq) const;
    // How many of first … last are in it.
    qint64 count(Seq first, Seq last) const;
    // The least seq >= from that is not in it.
    Seq firstMissing(Seq from) const;
    bool isEmpty() const { return m_spans.empty(); }

private:
    std::map<Seq, Seq> m_spans; // first and last; neither overlapping nor adjacent
};

} // namespace parley::audit
