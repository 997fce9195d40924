// SPDX-License-Identifier: MIT
#include "coordinator/watermark.h"

#include <algorithm>

namespace parley::coordinator {
namespace {

constexpr std::chrono::minutes Forgotten{5}; // longer than the store tells of a silent writer
constexpr size_t MostTold = 1000; // that are waited for; more tell nothing new

} // namespace

bool Watermark::heard(const QByteArray &name, qint64 number, qint64 mark, Instant now)
{
    Writer &writer = m_writers[name];
    writer.seenAt = now;
    // Also of one that is heard for the first time: its first notices may have been lost.
    const bool missed = number > writer.number + 1;
    writer.number = std::max(writer.number, number);
    writer.mark = std::max(writer.mark, mark);
    return missed;
}

bool Watermark::read(
    const std::vector<storage::CommitMark> &marks, const QByteArray &ownWriter, Instant now)
{
    bool missed = false;
    m_lag = 0;
    for (const storage::CommitMark &mark : marks) {
        if (mark.writer == ownWriter)
            continue;
        Writer &writer = m_writers[mark.writer];
        writer.seenAt = now;
        m_lag += std::max<qint64>(mark.number - writer.mark, 0);
        if (writer.mark >= writer.read) {
            writer.read = mark.number;
            writer.readAt = now;
        } else if (now - writer.readAt >= TellTime) {
            // Whoever looks now finds all of it.
            writer.mark = writer.read = mark.number;
            missed = true;
        }
    }
    std::erase_if(
        m_writers, [now](const auto &entry) { return now - entry.second.seenAt > Forgotten; });
    return missed;
}

void Watermark::told(qint64 number, Instant now)
{
    if (m_told.size() < MostTold)
        m_told.emplace(number, now);
}

void Watermark::echoed(qint64 number)
{
    m_told.erase(m_told.begin(), m_told.upper_bound(number));
}

void Watermark::listens()
{
    m_told.clear();
}

bool Watermark::isDeaf(Instant now) const
{
    return !m_told.empty() && now - m_told.begin()->second > EchoTime;
}

} // namespace parley::coordinator
