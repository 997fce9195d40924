// SPDX-License-Identifier: MIT
// Logins, right and wrong; logouts at the worst moment; sessions that are nobody's or another's.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

namespace parley::siege {

namespace {

constexpr milliseconds Patience = 60s;

// The text member of a JSON answer; its values need no unescaping.
std::string member(const std::string &json, std::string_view name)
{
    const std::string key = '"' + std::string(name) + R"(":")";
    const std::size_t at = json.find(key);
    if (at == json.npos)
        return {};
    const std::size_t start = at + key.size();
    return json.substr(start, json.find('"', start) - start);
}

} // namespace

Script wrongSessions(Act &act)
{
    Chance &chance = act.chance;
    const quint32 source = crew::WrongSources + quint32(chance.below(200));
    act.horde.note(act, "from source " + std::to_string(source));
    for (int i = chance.between(1, 20); i > 0; --i) {
        std::string request = act.horde.target().upgradeRequest(crew::rabble(chance));
        const std::size_t at = request.find("session=") + 8;
        request[at] = request[at] == '0' ? '1' : '0';
        Peer peer(act.horde);
        peer.open(source);
        peer.say(request);
        if (!co_await peer.answered(Patience))
            co_return;
        if (peer.status() == 101)
            act.horde.findings().add("a wrong session was accepted");
    }
}

Script logins(Act &act)
{
    Chance &chance = act.chance;
    const int kind = chance.below(3);
    const std::string name = kind == 2 ? "nobody" : crew::nameOf(crew::named(chance));
    const quint32 source = kind == 0 ? crew::CrowdSources + quint32(chance.below(5))
                                     : crew::WrongSources + quint32(chance.below(200));
    act.horde.note(act, kind == 0 ? "right" : kind == 1 ? "wrong password" : "unknown name");
    for (int i = chance.between(1, 10); i > 0; --i) {
        Peer peer(act.horde);
        peer.open(source);
        peer.say(words::login(name, kind == 0 ? crew::Password : "wrong"));
        if (chance.oneIn(4)) {
            co_await peer.answered(milliseconds(chance.below(100)));
            peer.vanish(Peer::How::Reset);
        } else {
            co_await peer.answered(Patience);
        }
        if (kind != 0 && peer.status() == 200)
            act.horde.findings().add("a wrong login was accepted");
    }
}

// A connection that is being made while its session ends.
Script logoutMeanwhile(Act &act)
{
    Chance &chance = act.chance;
    const UserId user = crew::named(chance);
    const quint32 source = crew::sourceOf(user);
    Peer first(act.horde);
    first.open(source);
    first.say(words::login(crew::nameOf(user), crew::Password));
    if (!co_await first.answered(Patience) || first.status() != 200)
        co_return;
    co_await first.ended(5s); // with the whole body
    const std::string session = member(first.answer(), "session");
    if (session.empty())
        co_return;

    const bool logoutFirst = chance.oneIn(2);
    const milliseconds between(chance.below(4));
    act.horde.note(act,
        (logoutFirst ? "logout first, " : "upgrade first, ") + std::to_string(between.count())
            + " ms between");
    std::string upgrade = act.horde.target().upgradeRequest(user);
    const std::size_t at = upgrade.find("session=") + 8;
    upgrade.replace(at, upgrade.find(' ', at) - at, session);
    Peer chat(act.horde);
    Peer logout(act.horde);
    chat.open(source);
    logout.open(source);
    co_await chat.connected(5s);
    co_await logout.connected(5s);
    (logoutFirst ? logout : chat).say(logoutFirst ? words::logout(session) : upgrade);
    if (between > 0ms)
        co_await chat.pause(between);
    (logoutFirst ? chat : logout).say(logoutFirst ? upgrade : words::logout(session));
    if (!co_await logout.answered(Patience) || logout.status() != 204)
        co_return;
    // Ten answers, a second between them: the server is well, and still takes the dead session.
    const int before = chat.frames();
    for (int i = 0; i < 60 && !chat.hasEnded() && chat.frames() < before + 12; ++i) {
        chat.text(R"({"cmd":"HEARTBEAT"})");
        co_await chat.ended(1s);
    }
    if (!chat.hasEnded() && chat.frames() >= before + 12)
        act.horde.findings().add("a connection outlived its logout", act.words);
}

// One time session from many addresses.
Script sessionElsewhere(Act &act)
{
    Chance &chance = act.chance;
    const UserId user(crew::FirstNamed);
    for (int i = chance.between(10, 200); i > 0; --i) {
        Peer peer(act.horde);
        peer.open(crew::CrowdSources + quint32(chance.below(20)));
        peer.say(act.horde.target().upgradeRequest(user));
        if (!co_await peer.answered(Patience))
            co_return;
    }
}

} // namespace parley::siege
