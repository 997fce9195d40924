// SPDX-License-Identifier: MIT
// Who is at the other end of a connection, as far as the network, or a trusted proxy, says.
#pragma once

#include <QByteArray>

class QHostAddress;

namespace parley::gateway {

struct Peer {
    QByteArray address; // the whole one, in its usual text form; IPv4 also of ::ffff:a.b.c.d
    // What quotas and throttles count: an IPv4 address, or an IPv6 /64 network, because who has one
    // address of it has all.
    QByteArray network;
    bool isLoopback = false;

    static Peer of(const QHostAddress &);
};

} // namespace parley::gateway
