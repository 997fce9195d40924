// SPDX-License-Identifier: MIT
// One user's one connection: what each command does, and what is answered in which order.
#pragma once

#include "chat/connectionfacts.h"
#include "chat/mailboxfeed.h"
#include "chat/outlet.h"
#include "chat/pending.h"
#include "chat/ratelimiter.h"
#include "chat/steps.h"
#include "chat/strikes.h"

namespace parley::chat {

class Router;

// The user of the connection, as its check has found.
struct Identity {
    UserId user;
    QByteArray sessionHash; // of a login session; null: a time session
    qint64 lastAccountChange = 0; // the newest one's number when the session was checked
};

// Lives on its gateway's thread, with its Outlet and its Router, which outlive it.
class Connection final : public Asker {
public:
    // The caller has asked the store for its mailbox under this id; the outcome makes HELLO.
    Connection(ConnectionId, Identity, Outlet &, Router &);
    ~Connection() override;

    ConnectionId id() const { return m_id; }
    const Identity &identity() const { return m_identity; }
    ConnectionFacts facts() const;
    const std::vector<UserId> &watched() const { return m_watched; }

    // A whole text message, valid UTF-8. Not to be called while isSaturated().
    void receive(QByteArrayView text);
    void receiveBinary();
    // Any frame shows that the client is there, even one that we have not read yet.
    void heard();
    // Too much of its work is under way, or waits to be read by the peer. A caller that stops
    // reading because of this calls pause(), and is then told when to resume().
    bool isSaturated() const;
    void pause();
    // There may be room for its commands again.
    void retry();
    // HELLO went out: it can be pushed messages.
    bool isReady() const { return m_ready; }
    // Nothing that it asked is still unanswered.
    bool isIdle() const { return m_pending.isEmpty() && !m_held; }

    void answered(const storage::Operation &, const storage::Outcome &, Time at) override;
    // A new message of this mailbox, which now has so many unread; `payload` is its MESSAGE.
    void offer(const protocol::Message &, qint64 unread, const QByteArray &payload);
    void confirmed(const std::vector<storage::Message> &removed) { m_feed.confirmed(removed); }
    bool isLive() const { return m_feed.isLive(); }
    // Of a live one: those before it were confirmed, by others.
    void skipTo(Seq seq) { m_feed.skipTo(seq); }
    // Sends at once: a frame that answers no command, or the command whose turn it is.
    void send(const Frame &);
    void send(const protocol::Reply &reply) { send(frameOf(reply)); }
    void setWatched(std::vector<UserId>);
    void close(CloseCode);
    // The same when all that was asked is answered; no more commands are taken.
    void closeInTurn(CloseCode);
    // Closes when the heartbeat is missing; returns when that can be at the earliest.
    Instant sweep(Instant now);

private:
    static constexpr quint16 NoCloseCode = 1006; // RFC 6455's for an end without one

    // A command that was read, and what it costs.
    struct Taken {
        protocol::Request request;
        bool withinRate = true;
        qint64 bytes = 0;
    };

    void begin(Taken &&);
    void answerHeartbeat(const protocol::Ref &);
    void check(storage::StoreMessage &, bool withinRate) const;
    void refuseFrame(const protocol::BadFrame &);
    void refuseForRate(const protocol::Ref &);

    void answer(Pending::Kind, const storage::Operation &, const storage::Outcome &, Time at);
    void sendSent(const protocol::Sent &);
    void sendPage(protocol::Messages, Seq lastSeq, Seq after);
    void sendHello(const storage::Mailbox &, Time at);
    void refuse(const storage::Operation &, const storage::Refused &);

    bool hasRoom(qint64 bytes) const;
    void reserve(qint64 bytes);
    // `peer` and what follows: of the message that it is about.
    void write(QByteArrayView cmd, const QByteArray &payload, UserId peer = {}, Seq = {},
        const QByteArray &clientId = {});
    // Sends an answer that needs no store, after the answers to all that was asked before.
    void reply(const protocol::Reply &);
    void sendDue();

    void noteRefused(const protocol::Error &); // for the metrics and the trace
    void noteLive(bool);
    ConnectionSteps steps() const;

    const ConnectionId m_id;
    const Identity m_identity;
    Outlet &m_outlet;
    Router &m_router;
    MailboxFeed m_feed;
    RateLimiter m_rate;
    Strikes m_strikes;
    const Time m_since;
    Instant m_lastHeard;
    Pending m_pending;
    // Bytes of the router's budget: each question's, and limits::CommandBytes for each reply.
    qint64 m_reserved = 0;
    std::unique_ptr<Taken> m_held; // a command without room yet; after all that is pending
    Seq m_lastSeq; // that is known to have been given out
    Seq m_confirmedUpTo; // up to it all was confirmed, or is asked to be
    std::vector<UserId> m_watched;
    bool m_ready = false;
    bool m_isCountedLive = false;
    bool m_isPaused = false;
    std::optional<CloseCode> m_ending; // no more commands; closed with it when it is idle
    bool m_closing = false;
    quint16 m_closeCode = NoCloseCode; // what it ends with
};

} // namespace parley::chat
