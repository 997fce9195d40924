// SPDX-License-Identifier: MIT
// How many chat connections there are, in all and for each network address.
#pragma once

#include "core/limits.h"

#include <QByteArray>

#include <mutex>
#include <unordered_map>

namespace parley::gateway {

// All functions: any thread.
class Admission {
public:
    explicit Admission(const Limits &limits)
        : m_limits(limits)
    {
    }

    // Counts one more, unless a limit is reached.
    bool enter(const QByteArray &address);
    void leave(const QByteArray &address);

private:
    const Limits m_limits;
    std::mutex m_mutex;
    int m_connections = 0;
    std::unordered_map<std::string, int> m_perAddress; // empty without a limit per address
};

} // namespace parley::gateway
