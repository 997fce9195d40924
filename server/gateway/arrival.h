// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/proxy/networks.h"
#include "gateway/transport/tlscontext.h"

#include <atomic>
#include <utility>

namespace parley::gateway {

// A descriptor that was accepted, does not block, and has no gateway yet. `count` counts all of
// these.
class Arrival {
public:
    Arrival(int descriptor, const QHostAddress &peer,
        std::shared_ptr<const transport::TlsContext> tls, std::atomic<int> &count)
        : peer(proxy::plainAddress(peer))
        , tls(std::move(tls))
        , m_descriptor(descriptor)
        , m_count(&count)
    {
        ++count;
    }
    Arrival(Arrival &&other) noexcept
        : peer(other.peer)
        , tls(other.tls)
        , m_descriptor(other.take())
        , m_count(std::exchange(other.m_count, nullptr))
    {
    }
    ~Arrival();
    int descriptor() const { return m_descriptor; }
    // It is not on its way any more.
    void arrived();
    int take() { return std::exchange(m_descriptor, -1); }

    const QHostAddress peer;
    const std::shared_ptr<const transport::TlsContext> tls; // null: it came where plain is spoken

private:
    int m_descriptor;
    std::atomic<int> *m_count;
};

} // namespace parley::gateway
