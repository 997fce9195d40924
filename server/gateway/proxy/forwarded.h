// SPDX-License-Identifier: MIT
// The header fields by which proxies say for whom they pass on a request: Forwarded (RFC 7239) and
// X-Forwarded-For.
#pragma once

#include "core/result.h"
#include "gateway/proxy/networks.h"

#include <QByteArray>

namespace parley::proxy {

// What a request has of them; several lines of a field are joined by commas. Null: it has none.
struct ForwardedFields {
    QByteArray forwarded;
    QByteArray xForwardedFor;
};

// Who sent a request that came from `proxy`, which is trusted. Each proxy names whom it got it
// from, behind what others wrote; so the client is whom the last trusted one names, read from the
// end. What cannot be read as an address (unknown, _hidden) is nobody: then it is the proxy that
// said so. A Failure: both fields are there. A proxy sets one of them, and the other is what
// anybody may have sent.
Result<QHostAddress> clientOf(
    const ForwardedFields &, const QHostAddress &proxy, const Networks &trusted);

} // namespace parley::proxy
