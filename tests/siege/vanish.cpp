// SPDX-License-Identifier: MIT
// Connections that go away at every stage and byte, in every way that there is.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

#include <memory>

namespace parley::siege {

namespace {

constexpr Peer::How Ways[] = {Peer::How::Reset, Peer::How::Reset, Peer::How::Fin, Peer::How::Half};
constexpr const char *WayNames[] = {"reset", "FIN", "half-close"};

enum class Stage { Empty, InHead, InLogin, AfterHead, AfterAnswer, InFrame, AfterFrames, InClose };
constexpr Stage Stages[] = {Stage::Empty, Stage::InHead, Stage::InLogin, Stage::AfterHead,
    Stage::AfterHead, Stage::AfterHead, Stage::AfterAnswer, Stage::InFrame, Stage::AfterFrames,
    Stage::InClose};
constexpr const char *StageNames[] = {"before a byte", "in the head", "in a login",
    "behind the head", "behind the 101", "in a frame", "behind commands", "in the Close"};

// What is written before the end, once the stage before it is reached.
std::string lastBytes(Stage stage, const Horde &horde, UserId user, Chance &chance)
{
    std::string bytes;
    const auto frame = [&](bench::Opcode opcode, std::string_view payload) {
        bench::appendFrame(bytes, opcode, payload, 0x12345678);
    };
    switch (stage) {
    case Stage::Empty:
    case Stage::AfterAnswer:
        return {};
    case Stage::AfterHead:
        return horde.target().upgradeRequest(user);
    case Stage::InHead:
        bytes = horde.target().upgradeRequest(user);
        break;
    case Stage::InLogin:
        bytes = words::login(crew::nameOf(crew::named(chance)), "wrong");
        break;
    case Stage::InFrame:
        frame(bench::Opcode::Text, words::send(crew::rabble(chance), chance.below(70'000), chance));
        break;
    case Stage::AfterFrames:
        for (int i = chance.between(1, 40); i > 0; --i)
            frame(bench::Opcode::Text, words::send(crew::rabble(chance), 100, chance));
        return bytes;
    case Stage::InClose:
        if (chance.oneIn(2))
            frame(bench::Opcode::Text, words::send(crew::rabble(chance), 100, chance));
        frame(bench::Opcode::Close, "\x03\xe8");
        if (chance.oneIn(2))
            return bytes;
        break;
    }
    bytes.resize(std::size_t(chance.between(1, int(bytes.size()) - 1)));
    return bytes;
}

} // namespace

Script vanish(Act &act)
{
    Chance &chance = act.chance;
    const UserId user = crew::rabble(chance);
    const Stage stage = chance.of(Stages);
    const Peer::How way = chance.of(Ways);
    const bool early = stage <= Stage::AfterHead;
    const std::string last = lastBytes(stage, act.horde, user, chance);
    const milliseconds wait = chance.oneIn(2) ? 0ms : milliseconds(chance.below(30));
    act.horde.note(act,
        std::string(StageNames[int(stage)]) + ", byte " + std::to_string(last.size()) + ", by "
            + WayNames[int(way)] + " after " + std::to_string(wait.count()) + " ms");

    Peer peer(act.horde);
    peer.open(crew::sourceOf(user));
    if (!early)
        peer.say(act.horde.target().upgradeRequest(user));
    const bool ready = early          ? co_await peer.connected(10s)
        : stage == Stage::AfterAnswer ? co_await peer.answered(20s)
                                      : co_await peer.greeted(20s);
    if (!ready)
        co_return;
    peer.say(last);
    co_await peer.flushed(5s);
    if (wait > 0ms)
        co_await peer.pause(wait);
    peer.vanish(way);
    if (way == Peer::How::Half)
        co_await peer.ended(12s);
}

// Many at the same stage, that all go in one moment: a train goes into a tunnel.
Script vanishInTheCrowd(Act &act)
{
    Chance &chance = act.chance;
    const int count = chance.between(10, 40);
    const Peer::How way = chance.of(Ways);
    const milliseconds wait(chance.below(20));
    act.horde.note(act, std::to_string(count) + " by " + WayNames[int(way)]);
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < count; ++i) {
        const UserId user = crew::rabble(chance);
        peers.push_back(std::make_unique<Peer>(act.horde));
        peers.back()->enter(user);
    }
    if (chance.oneIn(3))
        co_await peers.back()->answered(10s);
    co_await peers.back()->pause(wait);
    for (const auto &peer : peers)
        peer->vanish(way);
    co_await peers.back()->pause(milliseconds(chance.below(300)));
}

} // namespace parley::siege
