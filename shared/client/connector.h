// SPDX-License-Identifier: MIT
#pragma once

#include "client/http.h"
#include "client/link.h"
#include "client/options.h"
#include "client/state.h"

namespace parley::client {

// Keeps one connection up as long as that is wanted and allowed: logs in, connects, and after an
// end connects again with back-off or, where docs/protocol.md 4.8 says so, stays offline. Knows
// nothing of commands.
class Connector : public QObject {
    Q_OBJECT

public:
    // Both must outlive the connector.
    Connector(const Options &, const Clock &, QObject *parent = nullptr);

    State state() const { return m_state; }
    // Of the connection or the login at hand; empty when there is none.
    const QByteArray &session() const { return m_ticket.session; }

    // Connects; if it waits for the next attempt, makes it now.
    void start();
    void stop();
    // The connection is up: HELLO came.
    void setOnline();
    // GOAWAY: do not come back earlier.
    void expectEnd(milliseconds retryAfter) { m_retryAfter = retryAfter; }
    // Ends the connection without a Close frame, and connects again with back-off.
    void drop(const QString &reason);
    bool send(const QByteArray &frame) { return m_link && m_link->send(frame); }
    bool sendBinary(const QByteArray &frame) { return m_link && m_link->sendBinary(frame); }
    void setReading(bool on)
    {
        if (m_link)
            m_link->setReading(on);
    }
    void logout();

Q_SIGNALS:
    void stateChanged(parley::client::State, const QString &reason);
    void frameReceived(const QByteArray &frame);
    // An open connection ended.
    void closed(int code, const QString &reason);
    // An attempt to log in or to connect came to nothing.
    void attemptFailed(const parley::client::End &);
    void loggedOut(bool ok);

private:
    void attempt();
    void connectWith(Ticket);
    void attemptEnded(const End &);
    void linkEnded(const End &);
    void enter(State, const QString &reason = {});

    const Options &m_options;
    const Clock &m_clock;
    Http m_http;
    Backoff m_backoff;
    QTimer m_handshakeTimer;
    QTimer m_retryTimer;
    Link *m_link = nullptr;
    Ticket m_ticket;
    milliseconds m_retryAfter{};
    State m_state = State::Offline;
    bool m_wanted = false;
    bool m_ticketIsFresh = false; // of a login, and no connection had with it yet
};

} // namespace parley::client
