// SPDX-License-Identifier: MIT
// A request as our one parser understood it. Nothing looks at its bytes again.
#pragma once

#include "gateway/proxy/forwarded.h"

#include <optional>
#include <vector>

namespace parley::http {

struct Request {
    QByteArray method;
    QByteArray path; // of an absolute-form target, too; "*" of the asterisk form
    QByteArray query; // behind the '?', as it came
    QByteArray body;
    bool wantsWebSocket = false; // Upgrade and Connection say so, in HTTP/1.1
    QByteArray webSocketVersion;
    QByteArray webSocketKey;
    QByteArray origin; // null: none
    QByteArray authorization;
    proxy::ForwardedFields forwarded;
};

// Values of a parameter of the query, each as it came.
std::vector<QByteArrayView> queryValues(QByteArrayView query, QByteArrayView name);
// What is behind "Bearer" in an Authorization; nullopt: there is none.
std::optional<QByteArrayView> bearer(QByteArrayView authorization);

} // namespace parley::http
