// SPDX-License-Identifier: MIT
// Finds out that something was missed: what the store has committed is compared with what was told.
#pragma once

#include "coordinator/notice.h"

#include <map>

namespace parley::coordinator {

inline constexpr milliseconds MarkInterval{250}; // between two looks at the store's marks
inline constexpr milliseconds TellTime{250}; // for what is committed to be told
inline constexpr milliseconds SignInterval{500}; // a node tells something at least so often
inline constexpr milliseconds EchoTime{1000}; // for what a node tells to come back to itself

// Not for several threads. The time is that of any clock that goes on while the process runs.
class Watermark {
public:
    // A notice that was heard. True: others of its writer, before it, were missed, or were told
    // before this node listened.
    bool heard(const QByteArray &writer, qint64 number, qint64 mark, Instant now);
    // What each writer has committed, as the store says now. True: something of it was committed
    // TellTime ago, and has not been told. It is reported once.
    bool read(const std::vector<storage::CommitMark> &, const QByteArray &ownWriter, Instant now);

    // This node told something.
    void told(qint64 number, Instant now);
    // What it told comes back: who listens hears.
    void echoed(qint64 number);
    // It begins to listen: what was told before need not come back.
    void listens();
    // What it told does not come back.
    bool isDeaf(Instant now) const;

    // Commits that were not heard of when they were read last; for the metrics.
    qint64 lag() const { return m_lag; }

private:
    struct Writer {
        qint64 number = 0; // of its last notice; 0: none was heard
        qint64 mark = 0; // told up to here, or counted as missed
        qint64 read = 0; // what was read to be committed, and not heard of
        Instant readAt{};
        Instant seenAt{};
    };
    std::map<QByteArray, Writer> m_writers; // of the others
    std::map<qint64, Instant> m_told; // and not come back
    qint64 m_lag = 0;
};

} // namespace parley::coordinator
