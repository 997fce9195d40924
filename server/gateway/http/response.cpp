// SPDX-License-Identifier: MIT
#include "gateway/http/response.h"

#include "protocol/codec.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <iterator>

namespace parley::http {
namespace {

struct CodeStatus {
    ErrorCode code;
    int status;
};
constexpr CodeStatus Statuses[]{
    {ErrorCode::SessionInvalid, 401},
    {ErrorCode::BadCredentials, 401},
    {ErrorCode::SessionElsewhere, 403},
    {ErrorCode::OriginRefused, 403},
    {ErrorCode::NotFound, 404},
    {ErrorCode::MethodNotAllowed, 405},
    {ErrorCode::RequestTimeout, 408},
    {ErrorCode::UpgradeRequired, 426},
    {ErrorCode::RateLimited, 429},
    {ErrorCode::Overloaded, 503},
    {ErrorCode::Internal, 500},
};

int statusOf(ErrorCode code)
{
    const auto found = std::ranges::find(Statuses, code, &CodeStatus::code);
    return found == std::end(Statuses) ? 400 : found->status;
}

struct Phrase {
    int status;
    QByteArrayView text;
};
constexpr Phrase Phrases[]{
    {200, "OK"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {413, "Content Too Large"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

QByteArray phraseOf(int status)
{
    const auto found = std::ranges::find(Phrases, status, &Phrase::status);
    // RFC 9112 4 lets it be empty.
    return found == std::end(Phrases) ? QByteArray() : found->text.toByteArray();
}

// RFC 9110 5.6.7.
QByteArray date()
{
    return QLocale::c()
        .toString(
            QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
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
        response.extraHeaders =
            QByteArrayLiteral("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    if (response.status == 401)
        response.extraHeaders = QByteArrayLiteral("WWW-Authenticate: Bearer\r\n");
    if (response.status == 429 || response.status == 503)
        response.extraHeaders =
            "Retry-After: " + QByteArray::number(std::max(1, retryAfterSeconds)) + "\r\n";
    return response;
}

QByteArray serialize(const Response &response, bool withBody)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + phraseOf(response.status) + "\r\nDate: " + date() + "\r\n" + response.extraHeaders
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
