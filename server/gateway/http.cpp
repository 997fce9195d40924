// SPDX-License-Identifier: MIT
#include "gateway/http.h"

#include "core/limits.h"
#include "protocol/codec.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

namespace parley::gateway {

namespace http = boost::beast::http;
namespace asio = boost::asio;

namespace {

QByteArray toBytes(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

bool hasToken(boost::beast::string_view list, boost::beast::string_view token)
{
    return http::token_list(list).exists(token);
}

// Beast limits the first line and the fields, each for itself; the contract limits them together.
bool isHeadTooLarge(QByteArrayView allBytes)
{
    return allBytes.size() >= limits::HttpHeadBytes
        && allBytes.first(limits::HttpHeadBytes).indexOf("\r\n\r\n") < 0;
}

// Of a head that is not whole: Beast may wait for more behind a line that ends without CR.
bool hasBareLineFeed(QByteArrayView head)
{
    for (qsizetype at = head.indexOf('\n'); at >= 0; at = head.indexOf('\n', at + 1)) {
        if (at == 0 || head[at - 1] != '\r')
            return true;
    }
    return false;
}

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

} // namespace

struct HttpReader::Parser : http::request_parser<http::string_body> {
    Parser()
    {
        eager(true);
        header_limit(limits::HttpHeadBytes);
        body_limit(limits::HttpBodyBytes);
    }
};

HttpReader::HttpReader()
    : m_parser(std::make_unique<Parser>())
{
}

HttpReader::~HttpReader() = default;

HttpReader::State HttpReader::read(QByteArrayView allBytes)
{
    boost::beast::error_code error;
    while (m_size < allBytes.size() && !m_parser->is_done()) {
        const QByteArrayView fresh = allBytes.sliced(m_size);
        m_size += qsizetype(m_parser->put(asio::buffer(fresh.data(), size_t(fresh.size())), error));
        if (error == http::error::need_more)
            break;
        if (error == http::error::header_limit)
            return refuse(431, ErrorCode::TooLarge);
        if (error == http::error::body_limit)
            return refuse(413, ErrorCode::TooLarge);
        if (error)
            return refuse(400, ErrorCode::BadRequest);
    }
    if (isHeadTooLarge(allBytes))
        return refuse(431, ErrorCode::TooLarge);
    if (m_parser->is_header_done() ? isMalformed() : hasBareLineFeed(allBytes))
        return refuse(400, ErrorCode::BadRequest);
    return m_parser->is_done() ? complete() : State::NeedsMore;
}

bool HttpReader::takeExpectation()
{
    if (m_expectationTaken || !m_parser->is_header_done() || m_parser->is_done())
        return false;
    m_expectationTaken = true;
    return boost::beast::iequals(m_parser->get()[http::field::expect], "100-continue");
}

HttpReader::State HttpReader::refuse(int status, ErrorCode error)
{
    m_status = status;
    m_error = error;
    return State::Refused;
}

bool HttpReader::isMalformed() const
{
    const auto &message = m_parser->get();
    const auto lengths = message.count(http::field::content_length);
    const auto encodings = message.count(http::field::transfer_encoding);
    const auto target = message.target();
    return message.version() != 11 || message.count(http::field::host) != 1
        || message[http::field::host].empty() || lengths + encodings > 1 || target.empty()
        || target.front() != '/';
}

HttpReader::State HttpReader::complete()
{
    const auto &message = m_parser->get();
    const QByteArray target = toBytes(message.target());
    const qsizetype mark = target.indexOf('?');
    m_request.method = toBytes(message.method_string());
    m_request.path = mark < 0 ? target : target.first(mark);
    m_request.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    m_request.body = QByteArray::fromStdString(message.body());
    m_request.wantsWebSocket = hasToken(message[http::field::connection], "upgrade")
        && hasToken(message[http::field::upgrade], "websocket");
    m_request.webSocketVersion = toBytes(message[http::field::sec_websocket_version]);
    m_request.webSocketKey = toBytes(message[http::field::sec_websocket_key]);
    m_request.authorization = toBytes(message[http::field::authorization]);
    if (message.count(http::field::origin) > 0)
        m_request.origin = toBytes(message[http::field::origin]);
    return State::Complete;
}

std::vector<QByteArrayView> queryValues(QByteArrayView query, QByteArrayView name)
{
    std::vector<QByteArrayView> values;
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView pair = end < 0 ? query : query.first(end);
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        if ((equals < 0 ? pair : pair.first(equals)) == name)
            values.push_back(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1));
    }
    return values;
}

HttpAnswer refusal(ErrorCode code, QByteArrayView message, int retryAfterSeconds)
{
    HttpAnswer answer;
    answer.status = statusOf(code);
    answer.body = protocol::encodeHttpError(code, message);
    answer.code = name(code);
    if (code == ErrorCode::UpgradeRequired)
        answer.extraHeaders =
            QByteArrayLiteral("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    if (answer.status == 401)
        answer.extraHeaders = QByteArrayLiteral("WWW-Authenticate: Bearer\r\n");
    if (answer.status == 429 || answer.status == 503)
        answer.extraHeaders =
            "Retry-After: " + QByteArray::number(std::max(1, retryAfterSeconds)) + "\r\n";
    return answer;
}

QByteArray serialize(const HttpAnswer &answer)
{
    const auto phrase = http::obsolete_reason(http::int_to_status(unsigned(answer.status)));
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + toBytes(phrase)
        + "\r\n" + answer.extraHeaders
        + (answer.status == 426 ? "Connection: Upgrade, close\r\n" : "Connection: close\r\n");
    if (answer.status != 204) {
        bytes += "Content-Type: " + answer.contentType
            + "\r\nContent-Length: " + QByteArray::number(answer.body.size())
            + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    }
    return bytes + "\r\n" + answer.body;
}

} // namespace parley::gateway
