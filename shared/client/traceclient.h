// SPDX-License-Identifier: MIT
#pragma once

#include "client/backoff.h"
#include "client/link.h"
#include "protocol/trace.h"

#include <vector>

namespace parley::client {

// Watches a server's trace: keeps one connection up as long as that is wanted and allowed, and
// tells the steps that come. Steps of the time without a connection are lost.
class TraceClient : public QObject {
    Q_OBJECT

public:
    explicit TraceClient(QObject *parent = nullptr, const Backoff::Settings & = {});
    ~TraceClient() override;

    // Watches this one (ws://host:port or wss://host:port), and no other any more.
    void open(const QUrl &server, const QByteArray &token);
    // Watches no more. stateChanged(false) follows at once, if it was connected.
    void close();

    bool isConnected() const { return m_isConnected; }
    // It is connected, or will try again.
    bool isWanted() const { return m_isWanted; }

Q_SIGNALS:
    // At each change, and at each attempt that failed. `why`, in words for people, when it is not
    // connected; without isWanted() it then stays away: the server refuses the token, or has no
    // trace.
    void stateChanged(bool connected, const QString &why);
    // What came in one turn of the event loop, in order.
    void stepsReceived(const std::vector<parley::protocol::TraceEvent> &);

private:
    void attempt();
    void dropLink();
    void linkOpened();
    void linkEnded(const End &);
    void take(const QByteArray &frame);
    void tellSteps();

    QUrl m_url;
    QByteArray m_token;
    const SystemClock m_clock;
    Backoff m_backoff;
    QTimer m_retryTimer;
    QTimer m_handshakeTimer;
    Link *m_link = nullptr;
    std::vector<protocol::TraceEvent> m_steps; // told at the end of the turn
    bool m_isWanted = false;
    bool m_isConnected = false;
};

} // namespace parley::client
