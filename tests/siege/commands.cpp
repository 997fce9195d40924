// SPDX-License-Identifier: MIT
// Too many commands, and too long ones, by connections that read.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

namespace parley::siege {

namespace {

constexpr milliseconds Patience = 30s;

using Make = std::string (*)(Chance &);

struct Command {
    const char *name;
    Make make;
};

const Command Floods[] = {
    {"SEND", [](Chance &c) { return words::send(crew::rabble(c), 200, c); }},
    {"large SEND", [](Chance &c) { return words::send(crew::rabble(c), 32'768, c); }},
    {"SEND to nobody", [](Chance &c) { return words::send(UserId(999'999), 10, c); }},
    {"CONFIRM", [](Chance &) { return std::string(R"({"cmd":"CONFIRM","upTo":5,"ref":"c"})"); }},
    {"FETCH", [](Chance &c) { return words::fetch(c.between(1, 20)); }},
    {"TRACK", [](Chance &c) { return words::track(c); }},
    {"HEARTBEAT", [](Chance &) { return std::string(R"({"cmd":"HEARTBEAT"})"); }},
    {"STATUS", [](Chance &c) { return words::list("STATUS", "userIds", 10, 1 + c.below(99), 1); }},
    {"WATCH", [](Chance &c) { return words::list("WATCH", "userIds", 10, 101 + c.below(50), 1); }},
    {"SIGNAL",
        [](Chance &c) {
            return R"({"cmd":"SIGNAL","name":"typing","receiveUserId":)"
                + std::to_string(crew::rabble(c).value()) + "}";
        }},
    {"BLOCK", [](Chance &) { return std::string(R"({"cmd":"BLOCK","userIds":[]})"); }},
    {"unknown", [](Chance &) { return std::string(R"({"cmd":"NONE"})"); }},
    {"no JSON", [](Chance &c) { return std::string(std::size_t(c.between(0, 90)), '['); }},
};

const Command Lists[] = {
    {"STATUS of 1000", [](Chance &) { return words::list("STATUS", "userIds", 1000, 1, 1); }},
    {"STATUS of 1001", [](Chance &) { return words::list("STATUS", "userIds", 1001, 1, 1); }},
    {"STATUS of one, 1000 times",
        [](Chance &) { return words::list("STATUS", "userIds", 1000, 7, 0); }},
    {"STATUS of the largest",
        [](Chance &) { return words::list("STATUS", "userIds", 1000, 9'007'199'254'740'991, -1); }},
    {"WATCH of 1000", [](Chance &) { return words::list("WATCH", "userIds", 1000, 1, 1); }},
    {"WATCH of one, 1000 times",
        [](Chance &) { return words::list("WATCH", "userIds", 1000, 8, 0); }},
    {"WATCH of nobody", [](Chance &) { return words::list("WATCH", "userIds", 0, 1, 1); }},
    {"CONFIRM of 1000", [](Chance &) { return words::list("CONFIRM", "seqs", 1000, 1, 2); }},
    {"CONFIRM of 1001", [](Chance &) { return words::list("CONFIRM", "seqs", 1001, 1, 1); }},
    {"CONFIRM backwards", [](Chance &) { return words::list("CONFIRM", "seqs", 1000, 2000, -1); }},
    {"CONFIRM of one, 1000 times",
        [](Chance &) { return words::list("CONFIRM", "seqs", 1000, 3, 0); }},
    {"CONFIRM of the largest",
        [](Chance &) { return words::list("CONFIRM", "seqs", 1000, 9'007'199'254'740'991, -1); }},
    {"CONFIRM up to the largest",
        [](Chance &) {
            return std::string(R"({"cmd":"CONFIRM","upTo":9007199254740991,"ref":1})");
        }},
    {"FETCH 500", [](Chance &) { return words::fetch(500); }},
    {"FETCH 501", [](Chance &) { return words::fetch(501); }},
    {"FETCH behind the largest", [](Chance &) { return words::becomeLive(); }},
    {"a frame of 256 KiB", [](Chance &c) { return words::send(crew::rabble(c), 262'000, c); }},
    {"a frame that is too long",
        [](Chance &c) { return words::send(crew::rabble(c), 262'200, c); }},
};

} // namespace

Script flood(Act &act)
{
    Chance &chance = act.chance;
    const UserId user = crew::rabble(chance);
    const int kind = chance.below(int(std::size(Floods)) + 2);
    const bool isCommand = kind < int(std::size(Floods));
    const bool isPing = kind == int(std::size(Floods)); // else binary frames
    const milliseconds time(chance.oneIn(10) ? 35'000 : chance.between(200, 4000));
    const bench::Moment end = bench::Ticks::now() + time;
    act.horde.note(act, isCommand ? Floods[kind].name : isPing ? "pings" : "binary frames");
    Peer peer(act.horde);
    peer.enter(user);
    if (!co_await peer.greeted(Patience))
        co_return;
    while (!peer.hasEnded() && bench::Ticks::now() < end) {
        for (int i = 0; i < 50; ++i) {
            if (isCommand)
                peer.text(Floods[kind].make(chance));
            else
                peer.frame(isPing ? bench::Opcode::Ping : bench::Opcode::Binary, "12345678");
        }
        co_await peer.flushed(1s);
        co_await peer.pause(milliseconds(chance.below(20)));
    }
    if (chance.oneIn(2))
        peer.frame(bench::Opcode::Close, "\x03\xe8");
    co_await peer.ended(2s);
}

Script lists(Act &act)
{
    Chance &chance = act.chance;
    const UserId user = crew::rabble(chance);
    Peer peer(act.horde);
    peer.enter(user);
    if (!co_await peer.greeted(Patience))
        co_return;
    for (int i = chance.between(1, 8); i > 0 && !peer.hasEnded(); --i) {
        const Command &command = chance.of(Lists);
        act.horde.note(act, command.name);
        const int before = peer.frames();
        peer.text(command.make(chance));
        if (chance.oneIn(3))
            continue; // the next one does not wait for the answer
        co_await peer.received(before + 1, Patience);
    }
    peer.frame(bench::Opcode::Close, "\x03\xe8");
    co_await peer.ended(2s);
}

} // namespace parley::siege
