// SPDX-License-Identifier: MIT
// The response to a request. The connection closes after it.
#pragma once

#include "core/errorcode.h"

#include <QByteArray>

namespace parley::http {

struct Response {
    int status = 200;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("application/json");
    QByteArray extraHeaders{}; // whole lines, each with its CRLF
    QByteArrayView code{}; // of a refusal; static
};

// The contract's error body and, by code, its status and headers.
Response refusal(ErrorCode, QByteArrayView message = {}, int retryAfterSeconds = 0);
// As they go over the wire; to a HEAD without the body, but with its length.
QByteArray serialize(const Response &, bool withBody = true);

} // namespace parley::http
