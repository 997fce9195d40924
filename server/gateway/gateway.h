// SPDX-License-Identifier: MIT
// One event loop with its share of the connections.
#pragma once

#include "gateway/link.h"

#include <QThread>
#include <QTimer>
#include <QWebSocketServer>

#include <map>

namespace parley::gateway {

// Made on any thread, moved to its own; everything but the constructor, the destructor (after the
// thread's end) and the signals' side runs there.
class Gateway : public QObject {
    Q_OBJECT

public:
    Gateway(int index, Services &);
    ~Gateway() override;

    // Once, first, on its thread.
    void start();
    // A new TCP connection; when `isTooMany`, only to be turned away.
    void adopt(qintptr descriptor, bool isTooMany);
    // GOAWAY to all; emptied() follows when all have gone.
    void goAway();
    // Ends everything at once; the last call.
    void stop();

    Services &services() { return m_services; }
    chat::Router &router() { return *m_router; }
    // For one read of one connection at a time. Its size bounds what a connection gets done in one
    // turn.
    std::span<char> readBuffer() { return m_readBuffer; }
    void upgrade(Link &);
    void touched(Link &);
    bool checkPassword(ConnectionId, QByteArray password, QByteArray hash);
    // Any thread: there are steps to be told.
    void wakeWatcher(ConnectionId);

Q_SIGNALS:
    void emptied();

private:
    using Peer = std::pair<QByteArray, quint16>;
    static Peer peerOf(const QHostAddress &, quint16 port);
    void onUpgraded();
    void onCommitted(const storage::BatchPtr &);
    void passwordChecked(ConnectionId, bool right);
    void beginTurn();
    void endTurn();
    void sweep();

    const int m_index;
    Services &m_services;
    std::unique_ptr<chat::Router> m_router;
    std::unique_ptr<QWebSocketServer> m_webSocketServer; // never listens
    std::unique_ptr<QTimer> m_sweep;
    std::unordered_map<ConnectionId, std::unique_ptr<Link>> m_links;
    std::map<Peer, Link *> m_upgrading;
    std::vector<Link *> m_touched;
    std::array<char, 64 << 10> m_readBuffer;
    bool m_turnBegan = false;
    bool m_isGoing = false;
    bool m_saidEmptied = false;
};

} // namespace parley::gateway
