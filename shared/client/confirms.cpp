// SPDX-License-Identifier: MIT
#include "client/confirms.h"

#include "core/limits.h"

#include <algorithm>

namespace parley::client {

void Confirms::addUpTo(Seq seq)
{
    m_waitingUpTo = std::max(m_waitingUpTo.value_or(seq), seq);
    m_waiting.erase(m_waiting.begin(), m_waiting.upper_bound(*m_waitingUpTo));
}

std::optional<protocol::Request> Confirms::take()
{
    if ((m_waiting.empty() && !m_waitingUpTo) || m_inFlight.size() >= MostInFlight)
        return {};
    protocol::Confirm confirm;
    if (m_waitingUpTo) {
        confirm.upTo = std::exchange(m_waitingUpTo, std::nullopt);
    } else {
        auto end = m_waiting.begin();
        std::advance(end, std::min<size_t>(m_waiting.size(), limits::Confirm));
        confirm.seqs.assign(m_waiting.begin(), end);
        m_waiting.erase(m_waiting.begin(), end);
    }
    const protocol::Ref ref = "\"c" + QByteArray::number(++m_lastRef) + '"';
    m_inFlight.emplace(ref, confirm);
    return protocol::Request{std::move(confirm), ref};
}

bool Confirms::answered(const protocol::Ref &ref)
{
    return m_inFlight.erase(ref) > 0;
}

bool Confirms::refused(const protocol::Ref &ref)
{
    const auto found = m_inFlight.extract(ref);
    if (found.empty())
        return false;
    putBack(found.mapped());
    return true;
}

void Confirms::connectionLost()
{
    for (const auto &[ref, confirm] : std::exchange(m_inFlight, {}))
        putBack(confirm);
}

void Confirms::clear()
{
    *this = Confirms();
}

void Confirms::putBack(const protocol::Confirm &confirm)
{
    m_waiting.insert(confirm.seqs.begin(), confirm.seqs.end());
    if (confirm.upTo)
        addUpTo(*confirm.upTo);
}

} // namespace parley::client
