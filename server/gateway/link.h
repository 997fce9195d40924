// SPDX-License-Identifier: MIT
// One TCP connection from its first byte to its end. It is the only owner of its parts: first an
// HTTP exchange, later perhaps a WebSocket connection.
#pragma once

#include "gateway/arrival.h"
#include "gateway/http/exchange.h"
#include "gateway/websocket/connection.h"

namespace parley::gateway {

class Gateway;

class Link final : public transport::Transport::Owner,
                   public http::Exchange::Owner,
                   public websocket::Connection::Owner {
public:
    Link(ConnectionId, Arrival, const Peer &, Place, Gateway &);
    ~Link() override;

    ConnectionId id() const { return m_id; }
    QByteArray address() const { return m_address.text(); }
    bool isGone() const { return m_phase == Phase::Gone; }
    bool wasAnswered() const { return m_phase != Phase::Request; }

    void passwordChecked(bool right);
    // There is room for its TLS handshake, which had to wait.
    void mayShakeHands() { m_transport->setReading(true); }
    // There are steps for the watcher.
    void wake();
    // Every limits::SweepInterval: ends what has timed out.
    void sweep(Instant now);
    // Once at the end of each turn in which something happened: writes, and deletes what has ended.
    void endTurn();
    // The server is shutting down: no more commands, and the end when all is answered.
    void goAway();
    // Of a socket that is turned away or leaving: others need its place. Ends it at once.
    void evict();

private:
    enum class Phase { Request, Open, Closing, Gone };

    void onReadable() override;
    void onWritable() override;

    void sendInterim(QByteArrayView) override;
    bool moveTo(const Peer &) override;
    bool checkPassword(
        QByteArray password, QByteArray hash, const QByteArray &name, const Peer &) override;
    void respond(const http::Response &) override;
    void admit(const chat::Identity &) override;
    void admitWatcher() override;

    void touch() override;
    void onClosed(CloseCode) override;
    void onEnded() override { finish(); }
    void onGone() override { gone(); }

    bool isReady() const { return m_transport->stage() == transport::Transport::Stage::Ready; }
    void shakeHands();
    void countHandshake();
    void readRequest(const transport::Transport::Input &);
    void read(const transport::Transport::Input &);
    bool open(); // else it is refused
    void sweepRequest(milliseconds passed);
    void readLast();
    void tellRefused(const http::Response &);
    void tellClosed(CloseCode);
    void finish(); // nothing more will be written
    void flush();
    void gone();
    void leaveChat();

    const ConnectionId m_id;
    Gateway &m_gateway;
    websocket::Share m_share; // what it holds, to the end of its transport
    const std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<http::Exchange> m_exchange;
    std::unique_ptr<websocket::Connection> m_webSocket;
    Place m_place;
    Address m_address; // the client's
    UserId m_user; // of the connection; 0 before
    Instant m_since; // the phase began, or the request was whole
    Instant m_due{}; // no sweep before it
    Phase m_phase = Phase::Request;
    bool m_isTouched = false;
};

} // namespace parley::gateway
