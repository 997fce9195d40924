// SPDX-License-Identifier: MIT
#pragma once

#include "client/options.h"
#include "core/ids.h"

#include <QUrl>

namespace parley::play {

// How a player comes in.
struct Account {
    enum class Way {
        Login, // a name and a password
        SecretKey, // a userId, and the secret key with which time sessions are minted
        Session, // a userId and a session as it is, right or wrong
    };

    QUrl server; // ws://host:port or wss://host:port
    Way way = Way::Login;
    QString username;
    QString password;
    UserId userId; // SecretKey, Session
    QByteArray secretKey;
    QByteArray session;

    friend bool operator==(const Account &, const Account &) = default;
};

// What is missing for an attempt to connect, in words; empty when nothing is.
QString whatIsMissing(const Account &);
// What was typed or configured, without whatever else an address may hold: no password, no path,
// no query with a session. "ws://" may be left out. Invalid: it is none.
QUrl serverUrl(QString text);
// One server, by whatever name its port goes.
bool isSameServer(const QUrl &, const QUrl &);
client::Identity identityOf(const Account &);

} // namespace parley::play
