// SPDX-License-Identifier: MIT
// One event loop with its share of the connections.
#pragma once

#include "gateway/handshakes.h"
#include "gateway/link.h"
#include "gateway/proxyheaders.h"
#include "gateway/websocket/handshake.h"

#include <QThread>
#include <QTimer>

namespace parley::gateway {

// Made on any thread, moved to its own; everything but the constructor, the destructor (after the
// thread's end) and the signals' side runs there.
class Gateway : public QObject {
    Q_OBJECT

public:
    // One of `count`, which share what all connections may hold.
    Gateway(int index, int count, Services &);
    ~Gateway() override;

    // Once, first, on its thread.
    void start();
    // New TCP connections.
    void adopt(std::vector<Arrival>);
    // GOAWAY to all; emptied() follows when all have gone.
    void goAway();
    // Ends everything at once; the last call.
    void stop();
    // When it last looked after its connections, at least once a second unless it hangs. Any
    // thread.
    Instant lastAlive() const { return m_lastAlive; }

    Services &services() { return m_services; }
    chat::Router &router() { return *m_router; }
    // As Router::list(), with addresses; nothing when it has stopped.
    chat::ListedConnections list(UserId, size_t most) const;
    websocket::Handshake &handshake() { return *m_handshake; }
    // For one read of one connection at a time. Its size bounds what a connection gets done in one
    // turn.
    std::span<char> readBuffer() { return m_readBuffer; }
    // TLS's; whoever may begin is told by Link::mayShakeHands().
    Handshakes &handshakes() { return m_handshakes; }
    GatewayCounts &counts() { return *m_counts; }
    void handshakeEnded(ConnectionId);
    void touched(Link &);
    bool checkPassword(
        ConnectionId, QByteArray password, QByteArray hash, const QByteArray &name, const Peer &);
    // Any thread: has Link::wake() called, in another turn.
    void wakeLater(ConnectionId);
    // Likewise Link::evict().
    void evictLater(ConnectionId);

Q_SIGNALS:
    void emptied();

private:
    struct TurnedAway {
        ConnectionId id;
        QByteArray network;
    };
    void adopt(Arrival, const Peer &);
    void makeRoom();
    void onCommitted(const storage::BatchPtr &);
    void onHeard(const coordinator::FactsPtr &);
    void onMissed();
    void passwordChecked(ConnectionId, bool right);
    bool event(QEvent *) override;
    void beginTurn();
    void endTurn();
    void evict(Link &);
    void erase(Link &);
    void sweep();

    const int m_index;
    const int m_count;
    Services &m_services;
    std::unique_ptr<chat::Router> m_router;
    GatewayCounts *m_counts = nullptr; // with the router
    std::unique_ptr<websocket::Handshake> m_handshake;
    Handshakes m_handshakes;
    std::unique_ptr<ProxyHeaders> m_proxyHeaders;
    std::unique_ptr<QTimer> m_sweep;
    std::unordered_map<ConnectionId, std::unique_ptr<Link>> m_links;
    std::vector<TurnedAway> m_turnedAway; // of these, the oldest first; some may have gone
    int m_turnedAwaySince = 0; // the last complaint
    Instant m_nextComplaint{};
    std::vector<Link *> m_touched; // since the turn began
    std::vector<Link *> m_endingTurn; // at its end; both keep their room
    std::array<char, 64 << 10> m_readBuffer;
    std::chrono::steady_clock::time_point m_lastSweep;
    std::atomic<Instant> m_lastAlive{};
    bool m_turnBegan = false;
    bool m_isGoing = false;
    bool m_saidEmptied = false;
};

} // namespace parley::gateway
