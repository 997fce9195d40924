// SPDX-License-Identifier: MIT
#include "gateway/services/peer.h"

#include <QHostAddress>

namespace parley::gateway {

Peer Peer::of(const QHostAddress &address)
{
    bool isV4 = false;
    const QHostAddress v4(address.toIPv4Address(&isV4)); // also of ::ffff:a.b.c.d
    const QHostAddress &plain = isV4 ? v4 : address;
    Peer peer{plain.toString().toLatin1(), {}, plain.isLoopback()};
    if (plain.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR bytes = plain.toIPv6Address();
        peer.network = QByteArray(reinterpret_cast<const char *>(bytes.c), 8).toHex();
    } else {
        peer.network = peer.address;
    }
    return peer;
}

} // namespace parley::gateway
