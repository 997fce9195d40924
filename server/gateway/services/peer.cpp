// SPDX-License-Identifier: MIT
#include "gateway/services/peer.h"

#include "gateway/proxy/networks.h"

namespace parley::gateway {

Address::Address(const QHostAddress &address)
    : m_bytes(std::to_array(address.toIPv6Address().c))
{
}

QByteArray Address::text() const
{
    return proxy::plainAddress(QHostAddress(m_bytes.data())).toString().toLatin1();
}

Peer Peer::of(const QHostAddress &address)
{
    const QHostAddress plain = proxy::plainAddress(address);
    Peer peer{Address(plain), plain.toString().toLatin1(), {}, plain.isLoopback()};
    if (plain.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR bytes = plain.toIPv6Address();
        peer.network = QByteArray(reinterpret_cast<const char *>(bytes.c), 8).toHex();
    } else {
        peer.network = peer.address;
    }
    return peer;
}

} // namespace parley::gateway
