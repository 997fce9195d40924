// SPDX-License-Identifier: MIT
#include "gateway/http/parser.h"

#include "core/limits.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

namespace parley::http {

namespace beast = boost::beast::http;
namespace asio = boost::asio;

namespace {

using View = boost::beast::string_view;

QByteArray toBytes(View text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

// All lines of a field as one (RFC 9110 5.3); null: there is none.
QByteArray joined(const beast::fields &fields, View name)
{
    const auto [first, last] = fields.equal_range(name);
    QByteArrayList lines;
    std::for_each(first, last, [&](const auto &field) { lines += toBytes(field.value()); });
    return lines.isEmpty() ? QByteArray() : lines.join(',');
}

// Whether the list has the token; it may stand on several lines (RFC 9110 5.3).
bool hasToken(const beast::fields &fields, beast::field name, View token)
{
    const auto [first, last] = fields.equal_range(name);
    return std::any_of(first, last,
        [&](const auto &field) { return beast::token_list(field.value()).exists(token); });
}

// Whether a line ends without CR, behind which Beast may wait for more, or goes on on the next one,
// which Beast takes (RFC 9112 5.2).
bool hasBadLine(QByteArrayView head)
{
    for (qsizetype at = head.indexOf('\n'); at >= 0; at = head.indexOf('\n', at + 1)) {
        const char next = at + 1 < head.size() ? head[at + 1] : '\0';
        if (at == 0 || head[at - 1] != '\r' || next == ' ' || next == '\t')
            return true;
    }
    return false;
}

// uri-host [ ":" port ] of RFC 3986, without user information, which RFC 9110 4.2.4 forbids.
bool isHost(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        const auto isAddress = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')
                || c == ':' || c == '.';
        };
        if (end < 2 || !std::ranges::all_of(text.sliced(1, end - 1), isAddress))
            return false;
        text = text.sliced(end + 1);
    } else {
        constexpr QByteArrayView Marks = "-._~%!$&'()*+,;=";
        const auto isName = [&](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || Marks.contains(c);
        };
        const auto end = std::ranges::find_if_not(text, isName);
        if (end == text.begin())
            return false;
        text = text.sliced(end - text.begin());
    }
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return text.isEmpty() || (text.front() == ':' && std::ranges::all_of(text.sliced(1), isDigit));
}

// What is behind scheme and authority of an absolute-form target (RFC 9112 3.2.2), or the target
// itself when it has another form; null: malformed.
QByteArray originForm(const QByteArray &target)
{
    qsizetype scheme = 0;
    for (const QByteArrayView known : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.first(std::min(known.size(), target.size())).compare(known, Qt::CaseInsensitive)
            == 0)
            scheme = known.size();
    }
    if (scheme == 0)
        return target.startsWith('/') || target == "*" ? target : QByteArray();
    const QByteArrayView rest = QByteArrayView(target).sliced(scheme);
    const auto end = std::ranges::find_first_of(rest, QByteArrayView("/?"));
    const qsizetype host = end - rest.begin();
    if (!isHost(rest.first(host)))
        return {};
    const QByteArray path = rest.sliced(host).toByteArray();
    return path.startsWith('/') ? path : '/' + path;
}

} // namespace

struct Parser::Beast : beast::request_parser<beast::string_body> {
    Beast()
    {
        header_limit(limits::HttpHeadBytes);
        body_limit(limits::HttpBodyBytes);
    }
};

Parser::Parser()
    : m_beast(std::make_unique<Beast>())
{
}

Parser::~Parser() = default;

Parser::State Parser::feed(QByteArrayView bytes)
{
    if (m_state != State::NeedsMore) {
        m_hasMore = m_hasMore || !bytes.isEmpty();
        return m_state;
    }
    if (m_kept.isEmpty())
        return m_state = parse(bytes);
    const QByteArray joined = std::exchange(m_kept, {}).append(bytes);
    return m_state = parse(joined);
}

Parser::State Parser::parse(QByteArrayView bytes)
{
    dropEmptyLines(bytes);
    State state = State::NeedsMore;
    while (m_began && state == State::NeedsMore && !bytes.isEmpty()) {
        // Beast asserts that a last chunk has 5 bytes; nothing that ends a body of chunks has less.
        if (m_headDone && m_beast->chunked() && bytes.size() < 5)
            break;
        const qsizetype before = bytes.size();
        state = parseOnce(bytes);
        if (bytes.size() == before)
            break;
    }
    // A line of a chunk, or a trailer, that does not end.
    if (state == State::NeedsMore && bytes.size() > limits::HttpHeadBytes)
        state = refuse(400, ErrorCode::BadRequest);
    if (state == State::NeedsMore)
        m_kept = bytes.toByteArray();
    else
        m_hasMore = !bytes.isEmpty();
    return state;
}

// Some clients send an empty line behind the request before (RFC 9112 2.2).
void Parser::dropEmptyLines(QByteArrayView &bytes)
{
    while (!m_began && bytes.startsWith("\r\n")) {
        bytes = bytes.sliced(2);
        m_headBytes += 2;
    }
    m_began = m_began || (!bytes.isEmpty() && bytes != "\r");
}

Parser::State Parser::parseOnce(QByteArrayView &bytes)
{
    boost::beast::error_code error;
    const size_t size = m_beast->put(asio::buffer(bytes.data(), size_t(bytes.size())), error);
    if (error == beast::error::header_limit)
        return refuse(431, ErrorCode::TooLarge);
    if (error == beast::error::body_limit)
        return refuse(413, ErrorCode::TooLarge);
    if (error && error != beast::error::need_more)
        return refuse(400, ErrorCode::BadRequest);
    if (!m_headDone) {
        const bool isWhole = m_beast->is_header_done();
        const qsizetype head = isWhole ? qsizetype(size) : bytes.size();
        if (m_headBytes + head > limits::HttpHeadBytes)
            return refuse(431, ErrorCode::TooLarge);
        m_headBytes += qsizetype(size);
        if (hasBadLine(bytes.first(head)) || (isWhole && isMalformed()))
            return refuse(400, ErrorCode::BadRequest);
        m_headDone = isWhole;
        if (isWhole)
            takeHead();
        m_beast->eager(m_headDone);
    }
    bytes = bytes.sliced(qsizetype(size));
    return m_beast->is_done() ? complete() : State::NeedsMore;
}

bool Parser::takeExpectation()
{
    if (m_expectationTaken || !m_headDone || m_state != State::NeedsMore)
        return false;
    m_expectationTaken = true;
    return m_beast->get().version() == 11
        && boost::beast::iequals(m_beast->get()[beast::field::expect], "100-continue");
}

bool Parser::isHead() const
{
    return m_headDone && m_beast->get().method() == beast::verb::head;
}

Response Parser::refusal() const
{
    Response response = http::refusal(m_error);
    response.status = m_status;
    return response;
}

Parser::State Parser::refuse(int status, ErrorCode error)
{
    m_status = status;
    m_error = error;
    return State::Refused;
}

bool Parser::isMalformed() const
{
    using Field = beast::field;
    const auto &message = m_beast->get();
    const bool isOld = message.version() == 10;
    const auto hosts = message.count(Field::host);
    const auto lengths = message.count(Field::content_length);
    const auto encodings = message.count(Field::transfer_encoding);
    if ((!isOld && message.version() != 11) || hosts > 1 || (hosts == 0 && !isOld)
        || (hosts == 1 && !isHost(QByteArrayView(message[Field::host]))))
        return true;
    // Two lengths, also in one line, or a body whose end somebody else may see elsewhere.
    if (lengths + encodings > 1 || message[Field::content_length].find(',') != View::npos
        || (encodings > 0 && isOld)
        || (encodings > 0 && !boost::beast::iequals(message[Field::transfer_encoding], "chunked")))
        return true;
    for (const Field once : {Field::authorization, Field::origin, Field::sec_websocket_key,
             Field::sec_websocket_version}) {
        if (message.count(once) > 1)
            return true;
    }
    // Behind an upgrade's head there are frames, not a body.
    const bool hasBody = encodings > 0 || (lengths > 0 && message[Field::content_length] != "0");
    if (hasBody && hasToken(message, Field::upgrade, "websocket"))
        return true;
    const QByteArray target = originForm(toBytes(message.target()));
    return target.isNull() || (target == "*" && message.method() != beast::verb::options);
}

// Now, for behind the body Beast adds the fields of a trailer to those of the head, where they mean
// nothing (RFC 9110 6.5.1).
void Parser::takeHead()
{
    using Field = beast::field;
    const auto &message = m_beast->get();
    const QByteArray target = originForm(toBytes(message.target()));
    const qsizetype mark = target.indexOf('?');
    m_request.method = toBytes(message.method_string());
    m_request.path = mark < 0 ? target : target.first(mark);
    m_request.query = mark < 0 ? QByteArray() : target.sliced(mark + 1);
    m_request.wantsWebSocket = message.version() == 11
        && hasToken(message, Field::connection, "upgrade")
        && hasToken(message, Field::upgrade, "websocket");
    m_request.webSocketVersion = toBytes(message[Field::sec_websocket_version]);
    m_request.webSocketKey = toBytes(message[Field::sec_websocket_key]);
    m_request.authorization = toBytes(message[Field::authorization]);
    m_request.forwarded = {joined(message, "Forwarded"), joined(message, "X-Forwarded-For")};
    if (message.count(Field::origin) > 0)
        m_request.origin = toBytes(message[Field::origin]);
}

Parser::State Parser::complete()
{
    const auto &message = m_beast->get();
    qsizetype fields = 0;
    for (const auto &field : message)
        fields += qsizetype(field.name_string().size() + field.value().size());
    if (fields > limits::HttpHeadBytes)
        return refuse(431, ErrorCode::TooLarge); // with its trailer
    m_request.body = QByteArray::fromStdString(message.body());
    return State::Complete;
}

} // namespace parley::http
