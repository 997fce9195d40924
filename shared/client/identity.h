// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/ids.h"
#include "protocol/codec.h"

#include <functional>
#include <variant>

namespace parley::client {

// What admits a user to a connection.
struct Ticket {
    UserId userId;
    QByteArray session;
};
// Called anew for every attempt to connect.
using TicketProvider = std::function<Ticket()>;

// How to connect: with a given session, one that is made each time, or a login.
using Identity = std::variant<Ticket, TicketProvider, protocol::Credentials>;

// A time session (docs/protocol.md 3a) for programs that have the server's secret key.
QByteArray mintTimeSession(QByteArrayView secretKey, UserId, Time minute);
// Mints a fresh one for every attempt.
TicketProvider timeSessions(QByteArray secretKey, UserId);

// A key that nobody made before: 128 random bits.
QByteArray newClientId();

} // namespace parley::client
