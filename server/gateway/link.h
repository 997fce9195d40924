// SPDX-License-Identifier: MIT
// One TCP connection, from its request to its end. A QTcpSocket has it until QWebSocketServer has
// made the handshake; then a bare Socket takes over, and the frames are read and written here,
// straight between the socket and UTF-8.
#pragma once

#include "gateway/framereader.h"
#include "gateway/gate.h"
#include "gateway/socket.h"

#include <QTcpSocket>
#include <QWebSocket>

namespace parley::gateway {

class Gateway;

class Link final : public chat::Outlet, public Visitor, public Socket::Owner {
public:
    Link(ConnectionId, Gateway &);
    ~Link() override;

    // Takes the descriptor over; false: it is no socket any more.
    bool adopt(qintptr descriptor);
    // Answers 503 to whatever is asked.
    void turnAway();
    // The handshake is done.
    void upgraded(QWebSocket *);
    void passwordChecked(bool right);
    // Of one who watches: the next steps, as long as he reads them.
    void tellSteps();
    // Every limits::SweepInterval: closes what is over its time.
    void sweep(Instant now);
    // Once at the end of each turn in which something happened: writes, and lets go what has ended.
    void settle();
    // The server is going: GOAWAY, no more commands, and the end when all is answered.
    void goAway();

    ConnectionId id() const { return m_id; }
    bool isGone() const { return m_phase == Phase::Gone; }
    // While it asks to be let in.
    QTcpSocket *request() const { return m_request; }

    void send(const QByteArray &payload) override;
    void close(CloseCode) override;
    void resume() override { readFrames(); }

    void answer(const HttpAnswer &) override;
    void admit(const chat::Identity &) override;
    void admitWatcher() override;
    bool checkPassword(QByteArray password, QByteArray hash) override;

private:
    enum class Phase { Request, Deciding, Upgrading, Open, Closing, Gone };
    void onReadable() override;
    void onWritable() override;
    void onRequestBytes();
    void gone();
    bool takeOver();
    void readRequest();
    void readFrames();
    void take(const FrameReader::Frame &);
    void takeFromWatcher(const FrameReader::Frame &);
    bool isSaturated() const { return m_connection && m_connection->isSaturated(); }
    bool isIdle() const { return !m_connection || m_connection->isIdle(); }
    void end(CloseCode); // by the chat, if it takes part in it
    bool mayUpgrade();
    void upgrade();
    void tellRefused(QByteArrayView code);
    void writeFrame(int opcode, const QByteArray &payload);
    void finish(); // nothing more will be written
    void flush();
    void checkWaiting(Instant now);
    void touch();
    void leaveChat();

    const ConnectionId m_id;
    Gateway &m_gateway;
    Phase m_phase = Phase::Request;
    QTcpSocket *m_request = nullptr; // until m_socket
    std::unique_ptr<Socket> m_socket;
    std::unique_ptr<HttpReader> m_http;
    std::unique_ptr<Gate> m_gate;
    chat::Identity m_identity;
    std::unique_ptr<chat::Connection> m_connection; // of a chat
    std::unique_ptr<trace::Watcher> m_watcher; // or else, of one who watches
    FrameReader m_frames;
    QByteArray m_address; // while admitted
    Instant m_since; // the phase began
    Instant m_slowSince {};
    bool m_isTouched = false;
    bool m_isGoing = false;
    bool m_isReading = false;
};

} // namespace parley::gateway
