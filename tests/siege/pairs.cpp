// SPDX-License-Identifier: MIT
#include "siege/pairs.h"

#include "bench/tag.h"

#include <algorithm>
#include <random>
#include <tuple>

namespace parley::siege {

using bench::Client;
using bench::Mail;
using bench::Moment;
using bench::Reply;
using bench::seconds;
using bench::Tag;
using bench::Ticks;

namespace {

constexpr int NotThrough = 128; // SENT, and not confirmed yet
constexpr qint64 CommandsPerSecond = 125; // each pair's: the machine is for the attackers, too
constexpr milliseconds RefusalPause = limits::RetryAfter;
constexpr auto Hang = 30s;
constexpr auto LookInterval = 250ms;
constexpr auto ExcusedAfter = 2s; // a server that goes on has to work off what waited

} // namespace

Pairs::Pairs(int pairs, Findings &findings, std::vector<Seq> lastSeqs)
    : m_findings(findings)
    , m_run(std::random_device()()) // tells runs apart; nothing is chosen by it
{
    for (int i = 0; i < pairs; ++i) {
        Pair &pair = m_pairs.emplace_back();
        pair.pacer = bench::Pacer(CommandsPerSecond, 16);
        pair.lastSeq = lastSeqs[std::size_t(i)];
    }
}

void Pairs::fault(const std::string &kind, int pair, const std::string &more)
{
    m_findings.add("pairs: " + kind, "pair " + std::to_string(pair) + ' ' + more);
}

void Pairs::start(bench::Engine &engine, std::function<void(Moment)> everyTurn)
{
    m_engine = &engine;
    m_everyTurn = std::move(everyTurn);
    m_sending = true;
}

bool Pairs::isQuiet() const
{
    return std::ranges::all_of(m_pairs, [](const Pair &pair) {
        return pair.outstanding.empty() && pair.ledger.completed() == pair.ledger.opened();
    });
}

bool Pairs::isGentle() const
{
    return std::ranges::all_of(
        m_pairs, [](const Pair &pair) { return pair.outstanding.size() <= 1; });
}

void Pairs::expectRefusals(bool on)
{
    m_expecting = on;
    m_excusedAt = Ticks::now();
}

void Pairs::excuse(bool on)
{
    m_excusing = on;
    m_excusedAt = Ticks::now();
}

qint64 Pairs::messages() const
{
    qint64 sum = 0;
    for (const Pair &pair : m_pairs)
        sum += pair.ledger.completed();
    return sum;
}

std::vector<Seq> Pairs::lastSeqs() const
{
    std::vector<Seq> seqs;
    for (const Pair &pair : m_pairs)
        seqs.push_back(pair.lastSeq);
    return seqs;
}

void Pairs::turn(Moment now)
{
    if (!m_engine)
        return;
    m_everyTurn(now);
    findAway();
    for (int i = 0; i < int(m_pairs.size()); ++i) {
        pump(i, now);
        Pair &pair = m_pairs[i];
        if (!pair.mustFetch || now < pair.pauseUntil)
            continue;
        pair.mustFetch = false;
        m_engine->client(int(m_pairs.size()) + i)
            .stream()
            .queue(R"({"cmd":"FETCH","after":)" + std::to_string(pair.deliveredSeq.value()) + "}");
    }
    if (now < m_nextLook)
        return;
    m_nextLook = now + LookInterval;
    findHangs(now);
}

void Pairs::findAway()
{
    for (int i = 0; i < m_engine->clients(); ++i) {
        if (m_engine->client(i).phase() != bench::Phase::Away || std::ranges::count(m_away, i) > 0)
            continue;
        m_away.push_back(i);
        fault("a connection was closed", i % int(m_pairs.size()), m_engine->lastBroken());
    }
}

void Pairs::findHangs(Moment now)
{
    if (m_excusing || m_expecting)
        return;
    for (int i = 0; i < int(m_pairs.size()); ++i) {
        auto &outstanding = m_pairs[i].outstanding;
        if (outstanding.empty())
            continue;
        Moment &since = outstanding.begin()->second;
        if (now - std::max(since, m_excusedAt) < Hang)
            continue;
        fault("a SEND was not answered for 30 s", i);
        since = now; // told once in 30 s
    }
}

void Pairs::rejoin(bench::Engine &engine)
{
    const int index = m_away.front();
    m_pairs[index % int(m_pairs.size())].rejoined = true;
    // While it is on the list it is not found away again; if it is afterwards, it is.
    std::ignore = engine.connect(index, 1);
    std::erase(m_away, index);
}

void Pairs::pump(int index, Moment now)
{
    Pair &pair = m_pairs[index];
    if (now < pair.pauseUntil || m_engine->client(index).phase() != bench::Phase::CaughtUp
        || !m_engine->client(index).isOpen())
        return;
    const std::size_t window = m_expecting ? 1 : Window;
    while (pair.outstanding.size() - pair.again.size() < window) {
        const bool isNew = pair.again.empty();
        if (isNew
            && (!m_sending || pair.outstanding.size() >= window
                || pair.ledger.opened() - pair.ledger.completed() >= NotThrough))
            return;
        if (!pair.pacer.take(now))
            return;
        if (isNew) {
            const quint32 number = pair.ledger.open(now);
            pair.outstanding.emplace(number, now);
            send(index, number);
        } else {
            send(index, pair.again.front());
            pair.again.erase(pair.again.begin());
        }
    }
}

void Pairs::send(int pair, quint32 number)
{
    char tag[Tag::Size];
    Tag{m_run, quint32(pair), number}.write(tag);
    const std::string text(tag, sizeof tag);
    // Most are short; some are as long as a body may be.
    const std::size_t filler = number % 64 == 0 ? 30'000 : number % 200;
    m_engine->client(pair).send(
        m_engine->client(int(m_pairs.size()) + pair).user(), text, std::string(filler, 'f'));
}

void Pairs::greeted(Client &client)
{
    Pair &pair = m_pairs[pairOf(client)];
    if (isSender(client)) {
        // What was not answered goes out again, by the same keys.
        pair.again.clear();
        for (const auto &[number, since] : pair.outstanding)
            pair.again.push_back(number);
        return;
    }
    if (pair.based)
        return;
    pair.based = true;
    pair.ledger.setBase(client.hello().lastSeq);
    if (client.hello().lastSeq < pair.lastSeq)
        fault("a mailbox lost acknowledged messages when the server stopped", pairOf(client));
    pair.lastSeq = client.hello().lastSeq;
}

void Pairs::sent(Client &client, const Reply &reply)
{
    const Moment now = Ticks::now();
    const int index = pairOf(client);
    Pair &pair = m_pairs[index];
    const auto tag = Tag::read(reply.mail.clientId);
    if (!tag || tag->run != m_run || int(tag->pair) != index)
        return fault("a SENT for another user's message", index);
    const auto found = pair.outstanding.find(tag->number);
    if (found == pair.outstanding.end())
        return fault("a second SENT", index);
    if (reply.duplicate && !pair.rejoined)
        fault("a SENT with duplicate for a message that was sent once", index);
    const double time = seconds(now - found->second);
    const bool excused = m_excusing || m_expecting || found->second < m_excusedAt + ExcusedAfter;
    double &worst = excused ? m_worstExcused : m_worst;
    worst = std::max(worst, time);
    pair.outstanding.erase(found);
    pair.lastSeq = std::max(pair.lastSeq, reply.mail.seq);
    pair.ledger.sent(tag->number, reply.mail.seq);
}

void Pairs::delivered(Client &client, const Mail &mail)
{
    const int index = pairOf(client);
    Pair &pair = m_pairs[index];
    const auto tag = Tag::read(mail.body);
    if (isSender(client) || !tag || int(tag->pair) != index)
        return fault("a message for another user came", index);
    if (tag->run != m_run)
        return; // of a run before, which said so
    if (tag->number == 0 || tag->number > pair.ledger.opened())
        return fault("a message came that was never sent", index);
    // A connection made anew is given what the one before it did not confirm, and so is one whose
    // CONFIRM was refused.
    if ((pair.rejoined || pair.mayRepeat) && tag->number <= pair.deliveredUpTo)
        return;
    pair.deliveredUpTo = std::max(pair.deliveredUpTo, tag->number);
    pair.deliveredSeq = std::max(pair.deliveredSeq, mail.seq);
    pair.ledger.delivered(tag->number, mail.seq);
}

void Pairs::confirmed(Client &client, Seq upTo)
{
    if (!isSender(client))
        m_pairs[pairOf(client)].ledger.confirmed(upTo);
}

void Pairs::refused(Client &client, const Reply &reply)
{
    const int index = pairOf(client);
    Pair &pair = m_pairs[index];
    ++m_seen.errors[std::string(reply.code)];
    if (m_expecting && reply.code == "store_unavailable")
        ++m_refusals;
    else
        fault("a command was refused", index, std::string(reply.code));
    pair.pauseUntil = Ticks::now() + RefusalPause;
    const auto tag = Tag::read(reply.mail.clientId);
    if (tag && pair.outstanding.contains(tag->number)) {
        pair.again.push_back(tag->number);
        std::ranges::sort(pair.again);
    } else if (!isSender(client)) {
        pair.mayRepeat = true;
        pair.mustFetch = true; // a CONFIRM or a FETCH was refused; the next one makes up for it
    }
}

void Pairs::checked(Client &client, bool empty)
{
    ++m_checked;
    if (!empty)
        fault("a mailbox was not empty after all was confirmed", pairOf(client));
}

void Pairs::conclude(bench::Engine &engine)
{
    const int pairs = int(m_pairs.size());
    m_checked = 0;
    for (int i = 0; i < pairs; ++i)
        engine.client(pairs + i).check();
    engine.run([&] { return m_checked == pairs; }, 20s);
    m_engine = nullptr; // from here on connections end because we say so
    if (m_checked < pairs)
        m_findings.add("pairs: mailboxes could not be read at the end");
    bench::Faults faults;
    for (const Pair &pair : m_pairs)
        faults += pair.ledger.conclude();
    for (const bench::FaultKind &kind : bench::FaultKinds) {
        if (const qint64 count = faults.*kind.count)
            m_findings.add(std::string("pairs: ") + kind.words, std::to_string(count));
    }
}

} // namespace parley::siege
