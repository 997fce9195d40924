// SPDX-License-Identifier: MIT
#include "gateway/services/admission.h"

#include <utility>

namespace parley::gateway {

Place Admission::arrive(const QByteArray &network, bool isProxy, SocketCounts *counts)
{
    Place place;
    std::lock_guard lock(m_mutex);
    auto &entry = *m_networks.try_emplace(network.toStdString()).first;
    const auto isFull = [this] {
        return m_pending + m_connections + int(m_leavers.size())
            >= m_limits.connections + m_limits.pendingPlaces;
    };
    bool isTooMany = !isProxy && entry.second.pending >= m_limits.pendingPerAddress;
    if (!isTooMany && isFull() && !m_leavers.empty())
        end(m_leavers.begin()->first);
    isTooMany = isTooMany || isFull();
    place.m_admission = this;
    place.m_network = &entry;
    place.m_counts = counts;
    place.become(isTooMany ? Place::Kind::TurnedAway : Place::Kind::Pending);
    ++entry.second.places;
    if (!isTooMany) {
        ++entry.second.pending;
        ++m_pending;
    }
    return place;
}

void Admission::remember(qint64 number, Leaver leaver)
{
    auto &ofUser = m_leaversOf[leaver.user];
    ofUser.push_back(number);
    m_leavers.emplace(number, std::move(leaver));
    if (ofUser.size() > size_t(m_limits.connectionsPerUser))
        end(ofUser.front());
}

void Admission::forget(qint64 number)
{
    const auto found = m_leavers.find(number);
    if (found == m_leavers.end())
        return; // it had to end
    const auto ofUser = m_leaversOf.find(found->second.user);
    std::erase(ofUser->second, number);
    if (ofUser->second.empty())
        m_leaversOf.erase(ofUser);
    m_leavers.erase(found);
}

void Admission::end(qint64 number)
{
    m_leavers.find(number)->second.end();
    forget(number);
}

Place::Place(Place &&other) noexcept
    : m_counts(other.m_counts)
    , m_admission(std::exchange(other.m_admission, nullptr))
    , m_network(other.m_network)
    , m_kind(std::exchange(other.m_kind, Kind::None))
    , m_number(other.m_number)
{
}

Place &Place::operator=(Place &&other) noexcept
{
    std::swap(m_counts, other.m_counts);
    std::swap(m_admission, other.m_admission);
    std::swap(m_network, other.m_network);
    std::swap(m_kind, other.m_kind);
    std::swap(m_number, other.m_number);
    return *this;
}

bool Place::moveTo(const QByteArray &network)
{
    if (m_kind != Kind::Pending)
        return false;
    std::lock_guard lock(m_admission->m_mutex);
    auto &networks = m_admission->m_networks;
    auto &entry = *networks.try_emplace(network.toStdString()).first;
    if (&entry == m_network)
        return true;
    if (entry.second.pending >= m_admission->m_limits.pendingPerAddress)
        return false;
    ++entry.second.pending;
    ++entry.second.places;
    --m_network->second.pending;
    if (--m_network->second.places == 0)
        networks.erase(m_network->first);
    m_network = &entry;
    return true;
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
    become(Kind::Inside);
    return true;
}

void Place::exit(UserId user, std::function<void()> end)
{
    Q_ASSERT(m_kind == Kind::Inside);
    std::lock_guard lock(m_admission->m_mutex);
    --m_network->second.connections;
    --m_admission->m_connections;
    become(Kind::Leaving);
    m_number = ++m_admission->m_lastLeaver;
    m_admission->remember(m_number, {user, std::move(end)});
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
    } else if (m_kind == Kind::Leaving) {
        m_admission->forget(m_number);
    }
    if (--network.places == 0)
        m_admission->m_networks.erase(m_network->first);
    m_admission = nullptr;
    become(Kind::None);
}

void Place::become(Kind kind)
{
    count(-1);
    m_kind = kind;
    count(1);
}

void Place::count(int more)
{
    if (!m_counts)
        return;
    if (m_kind == Kind::Pending)
        m_counts->pending.add(more);
    else if (m_kind == Kind::TurnedAway)
        m_counts->turnedAway.add(more);
    else if (m_kind == Kind::Leaving)
        m_counts->closing.add(more);
}

} // namespace parley::gateway
