// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/arrival.h"
#include "gateway/proxy/header.h"
#include "gateway/services/peer.h"
#include "gateway/services/services.h"

#include <QSocketNotifier>

#include <functional>
#include <span>
#include <unordered_map>

namespace parley::gateway {

// Connections from a trusted proxy that speaks the PROXY protocol, until it has said whose they
// are. On the thread of its gateway.
class ProxyHeaders : public QObject {
public:
    // Whose connection it is; in a turn of its own.
    using Introduce = std::function<void(Arrival, const Peer &client)>;

    // `room`: for one read at a time; shared. `counts`: of its gateway.
    ProxyHeaders(Services &, std::span<char> room, SocketCounts &counts, Introduce);
    ~ProxyHeaders() override;

    void await(Arrival);
    // Ends those that have said nothing for too long.
    void sweep(Instant now);
    void clear() { m_waiting.clear(); }

private:
    struct Waiting {
        Arrival arrival;
        Place place; // the proxy's, until it is known whose it is
        Instant since;
        proxy::Header header;
        std::unique_ptr<QSocketNotifier> readable;
    };
    void read(Waiting &);
    void refuse(Waiting &);
    void conclude(int descriptor);

    Services &m_services;
    const std::span<char> m_room;
    SocketCounts &m_counts;
    const Introduce m_introduce;
    std::unordered_map<int, Waiting> m_waiting; // by descriptor
    Instant m_nextComplaint{};
};

} // namespace parley::gateway
