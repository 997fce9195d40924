// SPDX-License-Identifier: MIT
#include "gateway/admission.h"

namespace parley::gateway {

bool Admission::enter(const QByteArray &address)
{
    std::lock_guard lock(m_mutex);
    if (m_connections >= m_limits.connections)
        return false;
    if (m_limits.connectionsPerAddress > 0) {
        int &count = m_perAddress[address.toStdString()];
        if (count >= m_limits.connectionsPerAddress)
            return false;
        ++count;
    }
    ++m_connections;
    return true;
}

void Admission::leave(const QByteArray &address)
{
    std::lock_guard lock(m_mutex);
    --m_connections;
    const auto found = m_perAddress.find(address.toStdString());
    if (found != m_perAddress.end() && --found->second == 0)
        m_perAddress.erase(found);
}

} // namespace parley::gateway
