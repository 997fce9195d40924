// SPDX-License-Identifier: MIT
// Connections that ask for much and read slowly, or not at all.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

namespace parley::siege {

namespace {

constexpr std::size_t LargeBody = 30'000;
constexpr int FullMailbox = 40; // large messages
constexpr milliseconds Patience = 30s;

struct Question {
    const char *name;
    int times; // pipelined
    std::string (*ask)(Chance &);
};

// Each makes many times its own size of answers, or answers without being asked again.
const Question Questions[] = {
    {"STATUS", 400,
        [](Chance &) { return words::list("STATUS", "userIds", 1000, crew::FirstHostile, 1); }},
    {"CONFIRM", 400,
        [](Chance &chance) {
            return words::list("CONFIRM", "seqs", 750, 1 + chance.below(1000), 1);
        }},
    {"TRACK", 4000, [](Chance &chance) { return words::track(chance); }},
    {"WATCH", 200,
        [](Chance &) { return words::list("WATCH", "userIds", 1000, crew::FirstHostile, 1); }},
    {"HEARTBEAT", 4000, [](Chance &) { return std::string(R"({"cmd":"HEARTBEAT"})"); }},
    {"errors", 9, [](Chance &) { return std::string(R"({"cmd":"NONE","ref":"r"})"); }},
};

std::string fill(UserId hoarder, int index)
{
    return R"({"cmd":"SEND","clientId":"fill)" + std::to_string(index) + R"(","receiveUserId":)"
        + std::to_string(hoarder.value()) + R"(,"body":")" + std::string(LargeBody, 'h') + R"("})";
}

// The rest of an absent reader's time. Commands are not read for ever either.
milliseconds stay(Chance &chance)
{
    return milliseconds(chance.oneIn(3) ? chance.between(8000, 16'000) : chance.below(4000));
}

Peer::How leaving(Chance &chance)
{
    return chance.oneIn(2) ? Peer::How::Reset : Peer::How::Fin;
}

} // namespace

// FETCHes of a full mailbox, or other questions, or pings; no answer is read.
Script absentReader(Act &act)
{
    Chance &chance = act.chance;
    const int kind = chance.below(3 + int(std::size(Questions)));
    const bool fetches = kind < 2;
    const UserId user = fetches ? crew::hoarder(chance) : crew::rabble(chance);
    const std::string name = fetches ? "FETCH" : kind == 2 ? "pings" : Questions[kind - 3].name;
    act.horde.note(act, name + " as user " + std::to_string(user.value()));
    if (fetches) {
        // One user fills it, by the same clientIds each time: what is there is not stored again.
        const UserId filler(crew::FirstHostile + user.value() - crew::FirstHoarder);
        Peer sender(act.horde);
        sender.open(crew::sourceOf(filler));
        sender.say(act.horde.target().upgradeRequest(filler));
        if (!co_await sender.greeted(Patience))
            co_return;
        for (int i = 0; i < FullMailbox; ++i)
            sender.text(fill(user, i));
        co_await sender.received(1 + FullMailbox, Patience);
    }
    Peer peer(act.horde);
    peer.open(crew::sourceOf(user));
    peer.say(act.horde.target().upgradeRequest(user));
    if (!co_await peer.greeted(Patience))
        co_return;
    peer.squeeze();
    peer.stopReading();
    const int times = fetches ? 1000 : kind == 2 ? 20'000 : Questions[kind - 3].times;
    for (int i = 0; i < times && !peer.hasEnded(); ++i) {
        if (fetches)
            peer.text(words::fetch(limits::Fetch));
        else if (kind == 2)
            peer.frame(bench::Opcode::Ping, std::string(125, 'p'));
        else
            peer.text(Questions[kind - 3].ask(chance));
        if (i % 50 == 49)
            co_await peer.flushed(200ms);
    }
    co_await peer.ended(stay(chance));
    peer.vanish(leaving(chance));
}

// The same questions; the answers are read a little at a time.
Script slowReader(Act &act)
{
    Chance &chance = act.chance;
    const int kind = chance.below(1 + int(std::size(Questions)));
    const UserId user = kind == 0 ? crew::hoarder(chance) : crew::rabble(chance);
    act.horde.note(act, kind == 0 ? "FETCH" : Questions[kind - 1].name);
    Peer peer(act.horde);
    peer.open(crew::sourceOf(user));
    peer.say(act.horde.target().upgradeRequest(user));
    if (!co_await peer.greeted(Patience))
        co_return;
    peer.squeeze();
    for (int turn = chance.between(10, 60); turn > 0 && !peer.hasEnded(); --turn) {
        peer.stopReading();
        for (int i = 0; i < 5; ++i)
            peer.text(kind == 0 ? words::fetch(limits::Fetch) : Questions[kind - 1].ask(chance));
        co_await peer.pause(milliseconds(chance.between(10, 300)));
        peer.goOnReading();
        co_await peer.pause(milliseconds(chance.between(1, 20)));
    }
    peer.vanish(leaving(chance));
}

// Who is live, and watches everybody, and does not read what is pushed.
Script absentReceiver(Act &act)
{
    Chance &chance = act.chance;
    const UserId receiver = crew::rabble(chance);
    const UserId sender = crew::rabble(chance);
    const int messages = chance.between(10, 300);
    act.horde.note(
        act, std::to_string(messages) + " pushes to " + std::to_string(receiver.value()));
    Peer absent(act.horde);
    absent.open(crew::sourceOf(receiver));
    absent.say(act.horde.target().upgradeRequest(receiver));
    if (!co_await absent.greeted(Patience))
        co_return;
    absent.text(words::list("WATCH", "userIds", crew::Rabble, crew::FirstHostile, 1));
    absent.text(words::becomeLive());
    co_await absent.received(3, Patience);
    absent.squeeze();
    absent.stopReading();
    Peer other(act.horde);
    other.open(crew::sourceOf(sender));
    other.say(act.horde.target().upgradeRequest(sender));
    if (!co_await other.greeted(Patience))
        co_return;
    for (int i = 0; i < messages && !other.hasEnded(); ++i) {
        other.text(words::send(receiver, LargeBody, chance));
        if (i % 10 == 9)
            co_await other.flushed(1s);
    }
    co_await absent.ended(stay(chance));
    absent.vanish(leaving(chance));
}

// Of all that happens to everybody.
Script traceWatcher(Act &act)
{
    Chance &chance = act.chance;
    Peer peer(act.horde);
    peer.open(crew::CrowdSources + quint32(chance.below(200)));
    peer.say(words::traceRequest());
    if (!co_await peer.answered(Patience) || peer.status() != 101)
        co_return;
    const bool isSlow = chance.oneIn(3);
    act.horde.note(act, isSlow ? "slow" : "absent");
    peer.squeeze();
    peer.stopReading();
    for (int i = chance.between(20, 160); i > 0 && !peer.hasEnded(); --i) {
        co_await peer.pause(100ms);
        if (!isSlow)
            continue;
        peer.goOnReading();
        co_await peer.pause(1ms);
        peer.stopReading();
    }
    peer.vanish(leaving(chance));
}

} // namespace parley::siege
