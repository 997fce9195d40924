// SPDX-License-Identifier: MIT
#pragma once

#include "client/end.h"
#include "protocol/codec.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QUrl>

namespace parley::client {

// POST /login and POST /logout. One request of each kind is under way at a time.
class Http : public QObject {
    Q_OBJECT

public:
    // `server` as in Options.
    Http(const QUrl &server, milliseconds timeout, QObject *parent = nullptr);

    void login(const protocol::Credentials &);
    void abortLogin();
    void logout(const QByteArray &session);

Q_SIGNALS:
    void loggedIn(const parley::protocol::Login &);
    void loginFailed(const parley::client::End &);
    void logoutFinished(bool ok);

private:
    QNetworkReply *post(const QString &path, const QByteArray &body, const QByteArray &bearer);
    void loginAnswered(QNetworkReply *);

    const QUrl m_server;
    const milliseconds m_timeout;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_login;
};

} // namespace parley::client
