// SPDX-License-Identifier: MIT
// Connections that ask for much and read slowly, or not at all.
#include "siege/crew.h"
#include "siege/horde.h"
#include "siege/words.h"

#include <span>

namespace parley::siege {

namespace {

constexpr std::size_t LargeBody = 30'000;
constexpr int FullMailbox = 40; // large messages
constexpr milliseconds Patience = 30s;

struct Question {
    const char *name;
    int times; // pipelined
    void (*ask)(Peer &, Chance &);
};

// Of a full mailbox.
const Question Fetch{
    "FETCH", 1000, [](Peer &peer, Chance &) { peer.text(words::fetch(limits::Fetch)); }};

// Each makes many times its own size of answers, or answers without being asked again.
const Question Questions[] = {
    {"pings", 20'000,
        [](Peer &peer, Chance &) { peer.frame(bench::Opcode::Ping, std::string(125, 'p')); }},
    {"STATUS", 400,
        [](Peer &peer, Chance &) {
            peer.text(words::list("STATUS", "userIds", 1000, crew::FirstHostile, 1));
        }},
    {"CONFIRM", 400,
        [](Peer &peer, Chance &chance) {
            peer.text(words::list("CONFIRM", "seqs", 750, 1 + chance.below(1000), 1));
        }},
    {"TRACK", 4000, [](Peer &peer, Chance &chance) { peer.text(words::track(chance)); }},
    {"WATCH", 200,
        [](Peer &peer, Chance &) {
            peer.text(words::list("WATCH", "userIds", 1000, crew::FirstHostile, 1));
        }},
    {"HEARTBEAT", 4000, [](Peer &peer, Chance &) { peer.text(R"({"cmd":"HEARTBEAT"})"); }},
    {"errors", 9, [](Peer &peer, Chance &) { peer.text(R"({"cmd":"NONE","ref":"r"})"); }},
};
// Without the pings, which are no commands.
const std::span Commands = std::span(Questions).subspan(1);

struct Reader {
    const Question &question;
    UserId user;
};

// Fetch is so many times as likely as each of the others.
Reader chooseReader(Act &act, int fetches, std::span<const Question> others)
{
    const int drawn = act.chance.below(fetches + int(others.size()));
    const bool isFetch = drawn < fetches;
    const Question &question = isFetch ? Fetch : others[std::size_t(drawn - fetches)];
    const UserId user = isFetch ? crew::hoarder(act.chance) : crew::rabble(act.chance);
    act.horde.note(act, question.name + (" as user " + std::to_string(user.value())));
    return {question, user};
}

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
    const auto [question, user] = chooseReader(act, 2, Questions);
    if (&question == &Fetch) {
        // One user fills it, by the same clientIds each time: what is there is not stored again.
        Peer sender(act.horde);
        sender.enter(UserId(crew::FirstHostile + user.value() - crew::FirstHoarder));
        if (!co_await sender.greeted(Patience))
            co_return;
        for (int i = 0; i < FullMailbox; ++i)
            sender.text(fill(user, i));
        co_await sender.received(1 + FullMailbox, Patience);
    }
    Peer peer(act.horde);
    peer.enter(user);
    if (!co_await peer.greeted(Patience))
        co_return;
    peer.squeeze();
    peer.stopReading();
    for (int i = 0; i < question.times && !peer.hasEnded(); ++i) {
        question.ask(peer, chance);
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
    const auto [question, user] = chooseReader(act, 1, Commands);
    Peer peer(act.horde);
    peer.enter(user);
    if (!co_await peer.greeted(Patience))
        co_return;
    peer.squeeze();
    for (int turn = chance.between(10, 60); turn > 0 && !peer.hasEnded(); --turn) {
        peer.stopReading();
        for (int i = 0; i < 5; ++i)
            question.ask(peer, chance);
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
    absent.enter(receiver);
    if (!co_await absent.greeted(Patience))
        co_return;
    absent.text(words::list("WATCH", "userIds", crew::Rabble, crew::FirstHostile, 1));
    absent.text(words::becomeLive());
    co_await absent.received(3, Patience);
    absent.squeeze();
    absent.stopReading();
    Peer other(act.horde);
    other.enter(sender);
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
