// SPDX-License-Identifier: MIT
// Whatever bytes begin a connection, and however they arrive: they are the same request, or none; a
// request that is taken means the same when it is written plainly; a refusal has its status; and
// what waits for its rest stays small, however long it comes.
//
// The last byte of the input says into what pieces it is cut.
#include "gateway/http/parser.h"

#include "core/ids.h"
#include "core/limits.h"
#include "fuzz/fuzz.h"
#include "fuzz/memory.h"

#include <algorithm>
#include <limits>

using namespace parley;
using namespace parley::http;
using State = Parser::State;

namespace {

struct Verdict {
    State state = State::NeedsMore;
    Request request; // when complete
    bool hasMore = false;
};

bool isSame(const Request &a, const Request &b)
{
    return a.method == b.method && a.path == b.path && a.query == b.query && a.body == b.body
        && a.wantsWebSocket == b.wantsWebSocket && a.webSocketVersion == b.webSocketVersion
        && a.webSocketKey == b.webSocketKey && a.origin == b.origin
        && a.origin.isNull() == b.origin.isNull() && a.authorization == b.authorization;
}

bool isSame(const Verdict &a, const Verdict &b)
{
    return a.state == b.state && a.hasMore == b.hasMore && isSame(a.request, b.request);
}

void checkRefusal(const Response &refusal)
{
    MUST(refusal.status == 400 || refusal.status == 413 || refusal.status == 431);
    MUST(!refusal.code.isEmpty() && refusal.body.contains(refusal.code));
}

Verdict read(QByteArrayView bytes, qsizetype piece)
{
    Parser parser;
    while (!bytes.isEmpty()) {
        const auto size = std::min(piece, bytes.size());
        const auto arrived = fuzz::exactly(bytes.first(size));
        bytes = bytes.sliced(size);
        const State state = parser.feed({arrived.data(), qsizetype(arrived.size())});
        MUST(state == parser.state());
        if (parser.takeExpectation())
            MUST(state == State::NeedsMore);
        MUST(!parser.takeExpectation());
    }
    Verdict verdict;
    verdict.state = parser.state();
    if (verdict.state == State::Refused)
        checkRefusal(parser.refusal());
    if (verdict.state == State::Complete) {
        verdict.request = parser.request();
        verdict.hasMore = parser.hasMore();
    }
    return verdict;
}

// A request that never ends: its last bytes, again and again.
void checkMemory(QByteArrayView bytes, qsizetype piece)
{
    constexpr qsizetype Most = 64 * (limits::HttpHeadBytes + limits::HttpBodyBytes);
    const fuzz::Memory memory;
    Parser parser;
    parser.feed(bytes);
    QByteArray end = bytes.last(std::min(piece, bytes.size())).toByteArray();
    while (end.size() < 4096)
        end += end;
    for (qsizetype fed = 0; fed < 2 * Most && parser.state() == State::NeedsMore;
         fed += end.size()) {
        parser.feed(end);
        MUST(memory.held() <= Most);
    }
}

QByteArray line(const char *name, const QByteArray &value)
{
    return name + (": " + value) + "\r\n";
}

// With the fields that we read, and no others.
QByteArray plain(const Request &request)
{
    QByteArray text = request.method + ' ' + request.path
        + (request.query.isEmpty() ? QByteArray() : '?' + request.query)
        + " HTTP/1.1\r\nHost: h\r\n";
    if (!request.origin.isNull())
        text += line("Origin", request.origin);
    if (!request.authorization.isEmpty())
        text += line("Authorization", request.authorization);
    if (request.wantsWebSocket)
        text += "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    if (!request.webSocketVersion.isEmpty())
        text += line("Sec-WebSocket-Version", request.webSocketVersion);
    if (!request.webSocketKey.isEmpty())
        text += line("Sec-WebSocket-Key", request.webSocketKey);
    if (!request.body.isEmpty())
        text += line("Content-Length", QByteArray::number(request.body.size()));
    return text + "\r\n" + request.body;
}

bool hasNoControl(const QByteArray &text)
{
    return std::ranges::none_of(text, [](char c) { return uchar(c) < 0x20 && c != '\t'; });
}

void checkRequest(const Request &request)
{
    MUST(!request.method.isEmpty());
    MUST(request.path.startsWith('/') || (request.path == "*" && request.method == "OPTIONS"));
    MUST(!request.path.contains('?') && !request.path.contains(' '));
    MUST(request.body.size() <= limits::HttpBodyBytes);
    MUST(!request.wantsWebSocket || request.body.isEmpty());
    for (const char *name : {"userId", "session", ""}) {
        for (const QByteArrayView value : queryValues(request.query, name)) {
            MUST(!value.contains('&'));
            const auto user = parseUserId(value);
            MUST(!user || QByteArray::number(user->value()) == value);
        }
    }
    if (const auto token = bearer(request.authorization))
        MUST(*token == token->trimmed() && token->size() < request.authorization.size());
    for (const QByteArray *text : {&request.method, &request.path, &request.query, &request.origin,
             &request.authorization, &request.webSocketKey, &request.webSocketVersion})
        MUST(hasNoControl(*text));
    const QByteArray said = plain(request);
    // It may have got longer than what is let in: a blank after a colon.
    if (said.indexOf("\r\n\r\n") + 4 > limits::HttpHeadBytes)
        return;
    const Verdict again = read(said, said.size());
    MUST(again.state == State::Complete && !again.hasMore);
    MUST(isSame(again.request, request));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    const qsizetype piece = 1 + input.byte();
    const QByteArrayView bytes = input.bytes();
    if (bytes.isEmpty())
        return 0;
    const Verdict whole = read(bytes, std::numeric_limits<qsizetype>::max());
    // Of several faults, and of one in a head that is not whole, either may be seen first.
    const Verdict cut = read(bytes, piece);
    const bool isRequest = whole.state == State::Complete || cut.state == State::Complete;
    MUST(!isRequest || isSame(cut, whole));
    if (whole.state == State::Complete) {
        ++fuzz::taken;
        checkRequest(whole.request);
    } else if (whole.state == State::NeedsMore) {
        checkMemory(bytes, piece);
    }
    return 0;
}
