// SPDX-License-Identifier: MIT
// Decides on the one request that a connection begins with: answers it, or lets it in to the chat.
#pragma once

#include "chat/connection.h"
#include "chat/router.h"
#include "gateway/http.h"
#include "gateway/services.h"
#include "session/loginsession.h"
#include "protocol/codec.h"

#include <QHostAddress>

namespace parley::gateway {

// Who waits for the decision. On the gate's thread.
class Visitor {
public:
    virtual ~Visitor() = default;
    virtual void answer(const HttpAnswer &) = 0;
    virtual void admit(const chat::Identity &) = 0;
    // To watch the trace.
    virtual void admitWatcher() = 0;
    // Has the password checked, and Gate::passwordChecked() called later; false: too busy.
    virtual bool checkPassword(QByteArray password, QByteArray hash) = 0;
};

class Gate final : public chat::Asker {
public:
    Gate(ConnectionId, Visitor &, const QHostAddress &peer, Services &, chat::Router &);
    ~Gate() override;

    // One of the visitor's functions follows, now or later; nothing if the gate is destroyed.
    void decide(const HttpRequest &);
    void passwordChecked(bool right);
    void answered(const storage::Operation &, const storage::Outcome &, Time at) override;
    // Who it says it is, proved or not; 0 when it does not say.
    UserId claimedUser() const { return m_identity.user; }

private:
    void chat(const HttpRequest &);
    void checkSession(UserId, QByteArrayView session);
    void login(const HttpRequest &);
    void logout(const HttpRequest &);
    void ready();
    void metrics();
    void trace(const HttpRequest &);

    void answered(const storage::CheckedSession &);
    void answered(const storage::FoundUsers &);
    void answered(const storage::AddedSession &);
    void answered(const storage::EndedSession &);
    void ask(storage::Action);
    void refuse(ErrorCode, QByteArrayView message = {}, milliseconds retryAfter = {});
    void refuseSession();
    bool isUpgrade(const HttpRequest &); // else it is refused
    bool isOriginAllowed(const HttpRequest &) const;

    const ConnectionId m_id;
    Visitor &m_visitor;
    Services &m_services;
    chat::Router &m_router;
    const QByteArray m_address; // the whole one
    const QByteArray m_network; // what throttles count: IPv6 by its /64
    const bool m_isLoopback;
    QByteArray m_session; // asked about now
    chat::Identity m_identity;
    protocol::Credentials m_credentials;
    session::MintedSession m_minted;
    Time m_expiresAt;
};

} // namespace parley::gateway
