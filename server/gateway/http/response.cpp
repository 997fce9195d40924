// SPDX-License-Identifier: MIT
#include "gateway/http/response.h"

#include "protocol/codec.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace parley::http {
namespace {

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::SessionInvalid:
    case ErrorCode::BadCredentials:
        return 401;
    case ErrorCode::SessionElsewhere:
    case ErrorCode::OriginRefused:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::MethodNotAllowed:
        return 405;
    case ErrorCode::RequestTimeout:
        return 408;
    case ErrorCode::UpgradeRequired:
        return 426;
    case ErrorCode::RateLimited:
        return 429;
    case ErrorCode::Overloaded:
        return 503;
    case ErrorCode::Internal:
        return 500;
    default:
        return 400;
    }
}

QByteArrayView phraseOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return ""; // RFC 9112 4 lets it be empty
    }
}

// RFC 9110 5.6.7.
QByteArray date()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(),
            QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

} // namespace

Response refusal(ErrorCode code, QByteArrayView message, int retryAfterSeconds)
{
    Response response;
    response.status = statusOf(code);
    response.body = protocol::encodeHttpError(code, message);
    response.code = name(code);
    if (code == ErrorCode::UpgradeRequired)
        response.extraHeaders
            = QByteArrayLiteral("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    if (response.status == 401)
        response.extraHeaders = QByteArrayLiteral("WWW-Authenticate: Bearer\r\n");
    if (response.status == 429 || response.status == 503)
        response.extraHeaders
            = "Retry-After: " + QByteArray::number(std::max(1, retryAfterSeconds)) + "\r\n";
    return response;
}

QByteArray serialize(const Response &response, bool withBody)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + phraseOf(response.status).toByteArray() + "\r\nDate: " + date() + "\r\n"
        + response.extraHeaders
        + (response.status == 426 ? "Connection: Upgrade, close\r\n" : "Connection: close\r\n");
    if (response.status != 204) {
        bytes += "Content-Type: " + response.contentType
            + "\r\nContent-Length: " + QByteArray::number(response.body.size())
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    }
    bytes += "\r\n";
    return withBody ? bytes + response.body : bytes;
}

} // namespace parley::http
