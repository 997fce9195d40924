// SPDX-License-Identifier: MIT
#pragma once

#include "client/chatclient.h"
#include "client/http.h"
#include "play/faults.h"
#include "play/player.h"

#include <QCoreApplication>

namespace parley::play {

// Tries to connect with a session that should be refused. It has a client of its own: the player's
// connection stays as it is.
class SessionCheck final : public FaultCheck {
    Q_DECLARE_TR_FUNCTIONS(parley::play::SessionCheck)

public:
    SessionCheck(Players &, Player &, const Patience &, FaultKind);

private:
    void begin() override;
    void take(const frames::Frame &) override { }
    void undo() override;
    bool needsConnection() const override { return false; }
    void logIn();
    void attempt(UserId, const QByteArray &session);
    void takeEnd(UserId, const client::End &);
    UserId somebodyElse();

    const FaultKind m_kind;
    std::unique_ptr<client::Http> m_http;
    QByteArray m_session; // of a login of its own, that is to be logged out
    UserId m_loggedIn;
    client::ChatClient *m_client = nullptr;
};

} // namespace parley::play
