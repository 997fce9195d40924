// SPDX-License-Identifier: MIT
// HTTP as others speak it, well and badly: whatever a request is, it is answered with a status.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"
#include "support/badrequests.h"

#include <algorithm>

namespace parley::siege {

namespace {

constexpr milliseconds Patience = limits::RequestTimeout + 50s;
constexpr const char *Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

struct Dialect {
    std::string name;
    std::string bytes;
    std::vector<int> statuses; // those that are right; empty: any is
    bool isWhole = false; // in one piece, for it may be answered before the second comes
};

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    if (const std::size_t at = text.find(what); at != text.npos)
        text.replace(at, what.size(), with);
    return text;
}

// Upgrades that are well-formed, but not as most clients write them, and some that hide something.
std::vector<Dialect> upgrades(const std::string &upgrade)
{
    std::string manyHeaders;
    for (int i = 0; i < 150; ++i)
        manyHeaders += "X-" + std::to_string(i) + ": 1\r\n";
    const auto with = [&](std::string_view lines) { return words::withHeaders(upgrade, lines); };
    return {
        {"chunked upgrade", with("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", {400}},
        {"chunked upgrade with bytes",
            with("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n", {400}},
        {"chunked upgrade without its body", with("Transfer-Encoding: chunked\r\n"), {400}},
        {"upgrade with a length", with("Content-Length: 5\r\n") + "hello", {400}},
        {"upgrade with bytes behind it", upgrade + "\x81\x80" + "1234", {400}, true},
        {"150 headers", with(manyHeaders), {101}},
        {"h2c beside websocket",
            replaced(upgrade, Upgrade, "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\n"),
            {101}},
        {"user in Host", replaced(upgrade, "Host: ", "Host: user@"), {400}},
        {"Connection on two lines",
            replaced(upgrade, Upgrade,
                "Upgrade: WebSocket\r\nConnection: keep-alive\r\nConnection: upgrade\r\n"),
            {101}},
        {"blanks in Connection",
            replaced(
                upgrade, Upgrade, "Upgrade: websocket\r\nConnection:keep-alive ,  Upgrade  \r\n"),
            {101}},
        {"upgrade by HTTP/1.0", replaced(upgrade, "HTTP/1.1", "HTTP/1.0"), {}},
        {"another version", replaced(upgrade, "Version: 13", "Version: 12"), {426}},
        {"no key", replaced(upgrade, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), {400}},
        {"a short key", replaced(upgrade, "dGhlIHNhbXBsZSBub25jZQ==", "abc"), {400}},
        {"a protocol", with("Sec-WebSocket-Protocol: chat, a, b\r\n"), {}},
        {"extensions", with("Sec-WebSocket-Extensions: permessage-deflate; x=\"a,b\"\r\n"), {101}},
        {"an origin", with("Origin: http://example.org\r\n"), {101}},
        {"a folded header", with("X-Long: a\r\n b\r\n"), {}},
        {"Expect", with("Expect: 100-continue\r\n"), {}},
    };
}

std::vector<Dialect> plainRequests()
{
    const std::string health = words::get("/healthz");
    return {
        {"HTTP/1.0", replaced(health, "HTTP/1.1", "HTTP/1.0"), {200}},
        {"an absolute target", replaced(health, "/healthz", "http://siege/healthz"), {200}},
        {"an empty line first", "\r\n" + health, {200}},
        {"HEAD", replaced(health, "GET", "HEAD"), {200}},
        {"two requests at once", health + health, {}},
        {"a long head", words::withHeaders(health, "X: " + std::string(9000, 'x') + "\r\n"), {431}},
        {"a long target", words::get('/' + std::string(9000, 'x')), {431}},
        {"a long body",
            "POST /login HTTP/1.1\r\nHost: siege\r\nContent-Length: 5000\r\n\r\n"
                + std::string(5000, 'x'),
            {413}},
        {"endless chunks",
            "POST /login HTTP/1.1\r\nHost: siege\r\nTransfer-Encoding: chunked\r\n\r\n"
                + std::string("1388\r\n") + std::string(5000, 'x') + "\r\n",
            {413}},
        {"noise", std::string("\x16\x03\x01\x02\x00\x01\x00", 7) + std::string(300, '\xff'), {}},
    };
}

std::vector<Dialect> badRequests()
{
    std::vector<Dialect> dialects;
    const auto rows = test::badRequests(
        QStringLiteral(PARLEY_TEST_DATA "/bad_requests.json"), QByteArray(32, '0'));
    for (const test::BadRequest &row : rows) {
        std::vector<int> right{row.status};
        if (row.bytes.contains(" /trace")) // which is on here
            right = {401, 426};
        else if (row.name.contains("behind the upgrade")) // and its session is a wrong one
            right.push_back(401);
        dialects.push_back({row.name.toStdString(), row.bytes.toStdString(), right});
    }
    return dialects;
}

} // namespace

Script dialect(Act &act)
{
    Chance &chance = act.chance;
    static const std::vector<Dialect> Bad = badRequests();
    static const std::vector<Dialect> Plain = plainRequests();
    const UserId user = crew::rabble(chance);
    const int kind = chance.below(3);
    const Dialect dialect = kind == 0 ? chance.of(upgrades(act.horde.target().upgradeRequest(user)))
                                      : chance.of(kind == 1 ? Plain : Bad);
    act.horde.note(act, dialect.name);
    Peer peer(act.horde);
    peer.open(kind == 0 ? crew::sourceOf(user) : crew::CrowdSources + quint32(chance.below(200)));
    if (!dialect.isWhole && chance.oneIn(3)) {
        // In two pieces: what is behind the head comes later.
        const std::size_t at = std::size_t(chance.below(int(dialect.bytes.size())));
        peer.say(std::string_view(dialect.bytes).substr(0, at));
        co_await peer.pause(milliseconds(chance.below(20)));
        peer.say(std::string_view(dialect.bytes).substr(at));
    } else {
        peer.say(dialect.bytes);
    }
    co_await peer.answered(Patience);
    const int status = peer.status();
    const auto &right = dialect.statuses;
    if (status == 0)
        act.horde.findings().add("a request got no answer", dialect.name);
    else if (!right.empty() && status != 429 && status != 503 && status != Peer::NoHandshake
        && std::find(right.begin(), right.end(), status) == right.end())
        act.horde.findings().add(
            "a request got a wrong answer", dialect.name + ": " + std::to_string(status));
    // A while more, for what follows the answer.
    co_await peer.ended(milliseconds(chance.below(300)));
}

} // namespace parley::siege
