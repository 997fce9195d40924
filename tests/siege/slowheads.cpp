// SPDX-License-Identifier: MIT
// Connections that are not let in yet and take their time, or say nothing at all.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

#include <memory>

namespace parley::siege {

namespace {

// The server's own time for a request, a standstill, and a busy machine.
constexpr milliseconds Patience = limits::RequestTimeout + 50s;
constexpr int Asks = 3; // for the server's health

} // namespace

// A byte at a time.
Script slowHead(Act &act)
{
    Chance &chance = act.chance;
    const UserId user = crew::rabble(chance);
    const bool isLogin = chance.oneIn(3);
    const std::string request =
        isLogin ? words::login("nobody", "wrong") : act.horde.target().upgradeRequest(user);
    const int step = chance.between(1, 3);
    const milliseconds pause(chance.between(1, 100));
    act.horde.note(
        act, std::to_string(step) + " bytes every " + std::to_string(pause.count()) + " ms");
    Peer peer(act.horde);
    peer.open(isLogin ? crew::WrongSources + quint32(chance.below(200)) : crew::sourceOf(user));
    for (std::size_t at = 0; at < request.size(); at += std::size_t(step)) {
        peer.say(std::string_view(request).substr(at, std::size_t(step)));
        co_await peer.pause(pause);
        if (peer.hasEnded())
            break;
    }
    if (!co_await peer.answered(Patience) && !peer.hasEnded())
        act.horde.findings().add("a slow request was never answered", act.words);
    if (peer.status() == 0 && peer.hasEnded())
        act.horde.findings().add("a slow request was closed without a response", act.words);
}

// Many that say nothing, or little, and stay.
Script idleCrowd(Act &act)
{
    Chance &chance = act.chance;
    const int count = chance.between(50, 150);
    const int bytes = chance.oneIn(2) ? 0 : chance.between(1, 60);
    const milliseconds stay(chance.between(1000, 12'000));
    act.horde.note(act,
        std::to_string(count) + " with " + std::to_string(bytes) + " bytes for "
            + std::to_string(stay.count()) + " ms");
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < count; ++i) {
        peers.push_back(std::make_unique<Peer>(act.horde));
        peers.back()->open(crew::CrowdSources + quint32(chance.below(200)));
        peers.back()->say(words::get("/healthz").substr(0, std::size_t(bytes)));
    }
    co_await peers.back()->pause(stay);
    const Peer::How way = chance.oneIn(2) ? Peer::How::Reset : Peer::How::Fin;
    for (const auto &peer : peers)
        peer->vanish(way);
}

// Whether the server is well, as a monitor asks it: again, for when all places are taken whoever is
// turned away makes room for those who come after.
Script probe(Act &act)
{
    static constexpr const char *Paths[] = {"/healthz", "/metrics", "/readyz"};
    const std::string path = act.chance.of(Paths);
    act.horde.note(act, path);
    int status = 0;
    for (int i = 0; i < Asks && status != 200; ++i) {
        Peer peer(act.horde);
        peer.open(0);
        peer.say(words::get(path));
        co_await peer.answered(Patience);
        status = peer.status();
        if (status == 0)
            act.horde.findings().add(path + " was not answered");
        if (status == 503 && path == "/readyz")
            act.horde.countUnready();
        co_await peer.pause(milliseconds(act.chance.below(500)));
    }
    if (status != 200 && status > 0 && path != "/readyz")
        act.horde.findings().add(path + " was answered with " + std::to_string(status));
}

} // namespace parley::siege
