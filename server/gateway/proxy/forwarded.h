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
// end. Without a field the request is the proxy's own. A Failure, in words for the client: a
// trusted proxy names somebody who is no address (unknown, _hidden), for all of these would be one
// client; or both fields are there, of which a proxy sets one, and anybody may have sent the other.
Result<QHostAddress> clientOf(
    const ForwardedFields &, const QHostAddress &proxy, const Networks &trusted);

} // namespace parley::proxy
