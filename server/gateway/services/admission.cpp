// SPDX-License-Identifier: MIT
#include "gateway/services/admission.h"

#include <utility>

namespace parley::gateway {

Place Admission::arrive(const QByteArray &network)
{
    Place place;
    std::lock_guard lock(m_mutex);
    auto &entry = *m_networks.try_emplace(network.toStdString()).first;
    const bool isTooMany = entry.second.pending >= m_limits.pendingPerAddress
        || m_pending + m_connections >= m_limits.connections + m_limits.pendingPlaces;
    place.m_admission = this;
    place.m_network = &entry;
    place.m_kind = isTooMany ? Place::Kind::TurnedAway : Place::Kind::Pending;
    ++entry.second.places;
    if (!isTooMany) {
        ++entry.second.pending;
        ++m_pending;
    }
    return place;
}

Place::Place(Place &&other) noexcept
    : m_admission(std::exchange(other.m_admission, nullptr))
    , m_network(other.m_network)
    , m_kind(std::exchange(other.m_kind, Kind::None))
{
}

Place &Place::operator=(Place &&other) noexcept
{
    std::swap(m_admission, other.m_admission);
    std::swap(m_network, other.m_network);
    std::swap(m_kind, other.m_kind);
    return *this;
}

bool Place::enter()
{
    if (m_kind != Kind::Pending)
        return false;
    std::lock_guard lock(m_admission->m_mutex);
    const Limits &limits = m_admission->m_limits;
    Admission::Network &network = m_network->second;
    if (m_admission->m_connections >= limits.connections
        || (limits.connectionsPerAddress > 0
            && network.connections >= limits.connectionsPerAddress))
        return false;
    --network.pending;
    --m_admission->m_pending;
    ++network.connections;
    ++m_admission->m_connections;
    m_kind = Kind::Inside;
    return true;
}

void Place::exit()
{
    Q_ASSERT(m_kind == Kind::Inside);
    std::lock_guard lock(m_admission->m_mutex);
    --m_network->second.connections;
    --m_admission->m_connections;
    ++m_network->second.pending;
    ++m_admission->m_pending;
    m_kind = Kind::Pending;
}

void Place::leave()
{
    if (!m_admission)
        return;
    std::lock_guard lock(m_admission->m_mutex);
    Admission::Network &network = m_network->second;
    if (m_kind == Kind::Pending) {
        --network.pending;
        --m_admission->m_pending;
    } else if (m_kind == Kind::Inside) {
        --network.connections;
        --m_admission->m_connections;
    }
    if (--network.places == 0)
        m_admission->m_networks.erase(m_network->first);
    m_admission = nullptr;
    m_kind = Kind::None;
}

} // namespace parley::gateway
