// SPDX-License-Identifier: MIT
#include "play/sessionfaults.h"

#include "play/players.h"

#include <algorithm>

namespace parley::play {
namespace {

constexpr auto LongAgo = std::chrono::hours(24);

} // namespace

SessionCheck::SessionCheck(
    Players &players, Player &player, const Patience &patience, FaultKind kind)
    : FaultCheck(players, player, patience)
    , m_kind(kind)
{
}

void SessionCheck::begin()
{
    const Account &account = player().account();
    if (const QString missing = whatIsMissing(account); !missing.isEmpty())
        return notTried(missing);
    const UserId user = std::max(player().userId(), UserId(1));
    const Time now = SystemClock().now();
    expect(tr("Tries to connect"), patience().answer, tr("The attempt was not answered in time."));
    const auto minted = [&](const QByteArray &key, Time minute) {
        return client::mintTimeSession(key, user, minute);
    };
    if (m_kind == FaultKind::WrongSession)
        return attempt(user, minted(newMark(), now));
    if (account.way == Account::Way::Login)
        return logIn();
    if (m_kind == FaultKind::OthersSession)
        return attempt(somebodyElse(),
            account.way == Account::Way::Session ? account.session
                                                 : minted(account.secretKey, now));
    if (account.way == Account::Way::Session)
        return notTried(tr("To get a session that was valid before, log in with a password or with "
                           "the secret key."));
    attempt(user, minted(account.secretKey, now - LongAgo));
}

UserId SessionCheck::somebodyElse()
{
    const UserId self = std::max(player().userId(), UserId(1));
    const auto other = std::ranges::find_if(players().all(), [self](const auto &player) {
        return player->userId() != UserId() && player->userId() != self;
    });
    return other == players().all().end() ? self.next() : (*other)->userId();
}

// A session of its own, which may be spoilt.
void SessionCheck::logIn()
{
    const Account &account = player().account();
    m_http = std::make_unique<client::Http>(account.server, patience().answer);
    connect(m_http.get(), &client::Http::loginFailed, this,
        [this](const client::End &end) { notTried(tr("The login failed: %1.").arg(end.text())); });
    connect(m_http.get(), &client::Http::loggedIn, this, [this](const protocol::Login &login) {
        m_session = login.session;
        m_loggedIn = login.userId;
        if (m_kind == FaultKind::ExpiredSession)
            m_http->logout(login.session);
        else
            attempt(login.userId == somebodyElse() ? login.userId.next() : somebodyElse(),
                login.session);
    });
    connect(m_http.get(), &client::Http::logoutFinished, this, [this](bool ok) {
        if (!ok)
            return notTried(tr("The session could not be ended."));
        attempt(m_loggedIn, std::exchange(m_session, {}));
    });
    m_http->login({account.username.toUtf8(), account.password.toUtf8()});
}

void SessionCheck::attempt(UserId user, const QByteArray &session)
{
    client::Options options;
    options.server = player().account().server;
    options.identity = client::Ticket{user, session};
    options.autoConfirm = false;
    options.autoFetch = false;
    m_client = new client::ChatClient(options, this);
    connect(m_client, &client::ChatClient::attemptFailed, this,
        [this, user](const client::End &end) { takeEnd(user, end); });
    connect(m_client, &client::ChatClient::helloReceived, this, [this, user] {
        const qint64 number = players().log().append(
            frames::makeFrame(player().pane(), frames::Kind::Opened, user, {}, frames::nowUs()));
        notMet(tr("The server accepted user %1.").arg(user.value()), number);
    });
    m_client->connectToServer();
}

void SessionCheck::takeEnd(UserId user, const client::End &end)
{
    if (end.httpStatus == 0)
        return notTried(tr("The server cannot be reached: %1").arg(end.reason));
    const qint64 number = players().log().append(frames::makeEnd(
        player().pane(), user, end.httpStatus, end.text().toUtf8(), frames::nowUs()));
    const QString text =
        tr("User %1 was refused with HTTP %2.").arg(user.value()).arg(end.httpStatus);
    end.httpStatus == 401 ? met(text, number) : notMet(text, number);
}

// What is our client's signal may have brought us here.
void SessionCheck::undo()
{
    if (m_client) {
        m_client->disconnect(this);
        m_client->setParent(nullptr);
        m_client->disconnectFromServer();
        m_client->deleteLater();
        m_client = nullptr;
    }
    if (!m_http)
        return;
    m_http->disconnect(this);
    client::Http *http = m_http.release();
    if (m_session.isEmpty())
        return http->deleteLater();
    connect(http, &client::Http::logoutFinished, http, &QObject::deleteLater);
    http->logout(std::exchange(m_session, {}));
}

} // namespace parley::play
