// SPDX-License-Identifier: MIT
// Who is at the other end of a connection, as far as the network, or a trusted proxy, says.
#pragma once

#include <QByteArray>

#include <array>

class QHostAddress;

namespace parley::gateway {

// As small as can be.
class Address {
public:
    explicit Address(const QHostAddress &);
    QByteArray text() const; // as Peer::address

private:
    std::array<quint8, 16> m_bytes; // IPv6, or IPv4 as ::ffff:a.b.c.d
};

struct Peer {
    Address host;
    QByteArray address; // the whole one, in its usual text form; IPv4 also of ::ffff:a.b.c.d
    // What quotas and throttles count: an IPv4 address, or an IPv6 /64 network, because who has one
    // address of it has all.
    QByteArray network;
    bool isLoopback = false;

    static Peer of(const QHostAddress &);
};

} // namespace parley::gateway
