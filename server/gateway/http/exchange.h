// SPDX-License-Identifier: MIT
// One request and its one response, or the way into the chat or the trace.
#pragma once

#include "chat/connection.h"
#include "chat/router.h"
#include "gateway/http/parser.h"
#include "gateway/http/task.h"
#include "gateway/services/peer.h"
#include "gateway/services/securityevents.h"
#include "gateway/services/services.h"

namespace parley::http {

// Lives on its gateway's thread, with its owner and the router, which outlive it. It calls its
// owner once at its end, and may not be destroyed in that call.
class Exchange final : public chat::Asker {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        // Bytes to send on the way: "100 Continue".
        virtual void sendInterim(QByteArrayView) = 0;
        // This is its client. False: the client's network has too many sockets already.
        virtual bool moveTo(const gateway::Peer &) = 0;
        // Has the password checked, and passwordChecked() called later; false: too busy.
        virtual bool checkPassword(QByteArray password, QByteArray hash, const QByteArray &name,
            const gateway::Peer &) = 0;
        // The end, in one of these ways.
        virtual void respond(const Response &) = 0;
        virtual void admit(const chat::Identity &) = 0;
        virtual void admitWatcher() = 0;
    };

    Exchange(ConnectionId, Owner &, gateway::Peer, gateway::Services &, chat::Router &);
    ~Exchange() override;

    void feed(QByteArrayView bytes);
    // The request did not come in time, or the store's answer.
    void timeOut();
    void passwordChecked(bool right);
    void answered(const storage::Operation &, const storage::Outcome &, Time at) override;
    // Only health and metrics are answered; everything else is refused.
    void turnAway() { m_isTurnedAway = true; }

    bool isWaitingForRequest() const { return m_parser.state() == Parser::State::NeedsMore; }
    bool isHead() const { return m_parser.isHead(); }
    // The user that the request claims to be, proven or not; 0 when it names none.
    UserId claimedUser() const { return m_claimedUser; }

    // For the routes.
    const Request &request() const { return m_parser.request(); }
    const gateway::Peer &peer() const { return m_peer; }
    gateway::Services &services() { return m_services; }
    Instant now() const { return m_services.clock.instant(); }
    void claims(UserId user) { m_claimedUser = user; }
    void respond(const Response &);
    void refuse(ErrorCode, QByteArrayView message = {}, milliseconds retryAfter = {});
    void report(gateway::SecurityEvent, UserId user = {});
    // A wrong session, or a wrong token: counted.
    void refuseSession(gateway::SecurityEvent event = gateway::SecurityEvent::RefusedSession);
    // Too many before it were wrong: it was not looked at.
    void refuseForThrottle(gateway::SecurityEvent, milliseconds retryAfter);
    void refuseForStore();
    void refuseForStopping();
    // Whether the server is shutting down; then the request has been refused.
    bool isStopping();
    // Whether it asks for an upgrade as it should; else it is refused.
    bool isUpgrade();
    void admit(const chat::Identity &);
    void admitWatcher();

    // Asks the store. The outcome goes to the asker that has this id when it comes: this exchange,
    // or the connection that it has become.
    void ask(storage::Action action) { m_router.ask({std::move(action), m_id, {}}); }
    // `co_await exchange.answer<storage::FoundUsers>()`: the next outcome of what was asked, or
    // nullopt when the store does not answer; that has been responded then.
    template <class Outcome> auto answer();
    // Hands over a password to be checked; false: there is no room, and that has been responded.
    [[nodiscard]] bool checkPassword(QByteArray password, QByteArray hash, const QByteArray &name);
    // `co_await exchange.verdict()`: whether it is right.
    auto verdict();

private:
    struct Pause {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> coroutine) noexcept
        {
            exchange.m_paused = coroutine;
        }
        Exchange &exchange;
    };
    template <class Outcome> struct Answer : Pause {
        std::optional<Outcome> await_resume() { return exchange.takeOutcome<Outcome>(); }
    };
    struct Verdict : Pause {
        bool await_resume() noexcept { return exchange.m_verdict; }
    };
    template <class Outcome> std::optional<Outcome> takeOutcome()
    {
        const Outcome *const outcome = std::get_if<Outcome>(m_outcome);
        if (outcome)
            return *outcome;
        refuseForStore();
        return {};
    }
    void decide();
    bool findClient(); // else it is refused
    bool mayEnter(); // else it is over
    bool isOriginAllowed() const;
    void resume();

    const ConnectionId m_id;
    Owner &m_owner;
    gateway::Peer m_peer; // the client, where a trusted proxy names it
    gateway::Services &m_services;
    chat::Router &m_router;
    Parser m_parser;
    Task m_task;
    std::coroutine_handle<> m_paused;
    const storage::Outcome *m_outcome = nullptr; // while it resumes
    bool m_verdict = false; // likewise
    UserId m_claimedUser;
    bool m_isClientKnown = false; // by a proxy's word, if it has one
    bool m_isTurnedAway = false;
    bool m_isOver = false; // the owner knows
};

template <class Outcome> auto Exchange::answer()
{
    return Answer<Outcome>{{*this}};
}
inline auto Exchange::verdict()
{
    return Verdict{{*this}};
}

} // namespace parley::http
