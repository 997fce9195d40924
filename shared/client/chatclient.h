// SPDX-License-Identifier: MIT
#pragma once

#include "client/confirms.h"
#include "client/connector.h"
#include "client/heart.h"
#include "client/inbox.h"
#include "client/pace.h"

#include <deque>

namespace parley::client {

struct SendOptions {
    QByteArray clientId; // null: a new one is made
    std::optional<bool> receipt; // nullopt: as Options::receipts says
};

// One user's client: stays connected, and keeps the promises of the protocol across lost
// connections. While this object lives, each message that send() accepted is stored once or has
// failed, and each message of the mailbox is received once, in seq order. Lives in the thread that
// made it; must not be deleted, nor an event loop be run, from within its own signals.
class ChatClient : public QObject {
    Q_OBJECT

public:
    explicit ChatClient(Options, QObject *parent = nullptr);

    const Options &options() const { return m_options; }
    State state() const { return m_connector.state(); }
    // The server's, from HELLO; before, the contract's defaults.
    const Limits &serverLimits() const { return m_limits; }
    // Messages that are not known to be stored.
    qsizetype pendingMessages() const { return m_outbox.size(); }
    // Everything up to here was received, or is gone.
    Seq lastReceived() const { return m_inbox.last(); }

    // Also the way back from Refused, and out of a long back-off.
    void connectToServer() { m_connector.start(); }
    void disconnectFromServer() { m_connector.stop(); }
    // Ends the login session; then the client is Offline. Told by loggedOut().
    void logout() { m_connector.logout(); }

    // Returns the message's clientId, in whatever state; stored() or sendFailed() tells of it
    // later. Null: the outbox is full, and nothing was accepted.
    [[nodiscard]] QByteArray send(UserId receiver, QByteArray body, const SendOptions & = {});
    // Needed only without autoConfirm. Kept until the server has answered.
    void confirm(const std::vector<Seq> &);
    void confirmUpTo(Seq);
    // Needed only without autoFetch, once for each page.
    void fetch();
    // Answered by presenceChanged() for each now and at each change, also after a reconnect, until
    // the next watch(). False: more than limits::Users.
    bool watch(std::vector<UserId>);
    // Questions of the moment, answered by presenceChanged() and tracked(). False: not online.
    bool status(const std::vector<UserId> &);
    bool track(const QByteArray &clientId);
    // Put any frame on the wire as it is, past pace and outbox. False: not connected.
    bool sendRaw(const QByteArray &frame);
    bool sendBinary(const QByteArray &frame) { return m_connector.sendBinary(frame); }

    // Misbehaviour, for tests of a server. Without heartbeats it ends the connection after a while.
    void setHeartbeat(bool);
    // Ends the connection without a Close frame, and connects again with back-off.
    void abortConnection() { m_connector.drop(QStringLiteral("cut off on purpose")); }
    // Of this connection, until its end.
    void setReading(bool);

Q_SIGNALS:
    void stateChanged(parley::client::State, const QString &reason);
    // An open connection ended; 1006: without a Close frame.
    void closed(int code, const QString &reason);
    // An attempt to log in or to connect came to nothing.
    void attemptFailed(const parley::client::End &);
    void loggedOut(bool ok);
    void helloReceived(const parley::protocol::Hello &);

    void stored(const QByteArray &clientId, const parley::protocol::Sent &);
    void sendFailed(const QByteArray &clientId, const parley::protocol::Error &);
    void receiptReceived(const parley::protocol::Receipt &);
    void tracked(const parley::protocol::Tracked &);

    void messageReceived(const parley::protocol::Message &);
    void fellBehind(qint64 unread);
    // A page came and its new messages were received.
    void fetched(int newMessages, bool more);
    void confirmed(qint64 removed);

    void presenceChanged(const parley::protocol::Presence &);
    void heartbeatAnswered(parley::milliseconds roundTrip);
    // Every ERROR, also those that are dealt with here.
    void errorReceived(const parley::protocol::Error &);

    // Everything on the wire, for an inspector.
    void frameSent(const QByteArray &);
    void frameReceived(const QByteArray &);

private:
    void stateHasChanged(State, const QString &reason);
    void readFrame(const QByteArray &);
    void on(const protocol::Hello &);
    void on(const protocol::Sent &);
    void on(const protocol::Message &);
    void on(const protocol::Messages &);
    void on(const protocol::Confirmed &);
    void on(const protocol::Behind &);
    void on(const protocol::Receipts &);
    void on(const protocol::Tracked &);
    void on(const protocol::HeartbeatReply &);
    void on(const protocol::StatusReply &);
    void on(const protocol::Error &);
    void on(const protocol::GoAway &);
    void deliver(const std::vector<protocol::Message> &);
    bool takeBack(const protocol::Error &);

    void pumpLater(milliseconds delay = {});
    void pump();
    std::optional<protocol::Request> nextCommand(Instant now);
    std::optional<protocol::Request> nextMessage(Instant now);
    void transmit(const protocol::Request &);
    void beat(const protocol::Ref &);
    bool ask(protocol::Request);
    Instant now() const { return m_clock.instant(); }

    const Options m_options;
    const SystemClock m_clock{};
    Connector m_connector;
    Heart m_heart;
    Outbox m_outbox;
    Inbox m_inbox;
    Confirms m_confirms;
    Pace m_pace;
    QTimer m_pump;
    Limits m_limits;
    std::deque<protocol::Request> m_questions; // of this connection, waiting for their turn
    std::vector<UserId> m_watched;
    protocol::Ref m_fetchRef; // of the FETCH under way
    quint64 m_lastFetch = 0;
    bool m_fetchWanted = false; // by fetch()
    bool m_heartbeat = true;
    bool m_isReading = true;
};

} // namespace parley::client
