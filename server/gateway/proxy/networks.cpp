// SPDX-License-Identifier: MIT
#include "gateway/proxy/networks.h"

#include <algorithm>

namespace parley::proxy {

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

QHostAddress addressOf(const QByteArray &text)
{
    const bool isWhole = text.contains(':') ? !text.contains('%') : text.count('.') == 3;
    return isWhole ? plainAddress(QHostAddress(QString::fromLatin1(text))) : QHostAddress();
}

bool isIn(const Networks &networks, const QHostAddress &address)
{
    return std::ranges::any_of(
        networks, [&](const auto &network) { return address.isInSubnet(network); });
}

} // namespace parley::proxy
