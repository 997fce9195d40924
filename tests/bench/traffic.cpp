// SPDX-License-Identifier: MIT
#include "bench/traffic.h"

#include <random>

namespace parley::bench {

namespace {

constexpr std::string_view Base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

qint64 microseconds(Ticks::duration d)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(d).count();
}

} // namespace

Traffic::Traffic(Plan plan, UserId first)
    : m_plan(plan)
    , m_first(first)
    , m_run(std::random_device()())
    , m_pairs(plan.pairs, Pair{Ledger(plan.window), {}})
{
    std::minstd_rand random(m_run);
    for (int i = int(Tag::Size); i < plan.bodyBytes; ++i)
        m_filler.push_back(Base64[random() >> 8 & 63]);
}

void Traffic::start(Engine &engine)
{
    m_engine = &engine;
    m_sending = true;
    for (int i = 0; i < m_plan.pairs; ++i) {
        const HelloLimits &hello = engine.client(i).hello();
        m_pairs[i].pacer = Pacer(hello.commandsPerSecond, hello.burst);
        pump(i);
    }
}

bool Traffic::paced() const
{
    return !m_pairs.empty() && m_pairs[0].pacer.limited();
}

bool Traffic::isSpoilt() const
{
    return m_engine->brokenCount() > 0 || !m_firstRefusal.empty();
}

qint64 Traffic::outstanding(const Pair &pair) const
{
    const Ledger &ledger = pair.ledger;
    return ledger.opened() - (m_plan.until == Until::Sent ? ledger.answered() : ledger.completed());
}

void Traffic::pump(int index)
{
    Pair &pair = m_pairs[index];
    if (!m_sending || pair.waiting || pair.refused)
        return;
    const Moment now = Ticks::now();
    while (outstanding(pair) < m_plan.window && pair.ledger.opened() < m_plan.each) {
        if (!pair.pacer.take(now)) {
            pair.waiting = true;
            m_waiting.push_back(index);
            return;
        }
        ++m_opened;
        send(index, pair.ledger.open(now));
    }
}

void Traffic::turn(Moment)
{
    for (const int index : std::exchange(m_waiting, {})) {
        m_pairs[index].waiting = false;
        pump(index);
    }
}

void Traffic::send(int pair, quint32 number)
{
    char tag[Tag::Size];
    Tag{m_run, quint32(pair), number}.write(tag);
    m_engine->client(pair).send(userAt(m_plan.pairs + pair), {tag, sizeof tag}, m_filler);
}

void Traffic::greeted(Client &client)
{
    const int index = client.index() - m_plan.pairs;
    if (index < 0 || index >= m_plan.pairs || m_pairs[index].based)
        return;
    m_pairs[index].based = true;
    m_pairs[index].ledger.setBase(client.hello().lastSeq);
}

void Traffic::sent(Client &client, const Reply &reply)
{
    const Moment now = Ticks::now();
    const auto tag = Tag::read(reply.mail.clientId);
    const int index = client.index();
    if (!tag || tag->run != m_run || int(tag->pair) != index || index >= m_plan.pairs
        || tag->number < 1 || tag->number > m_pairs[index].ledger.opened()) {
        ++m_faults.damaged;
        return;
    }
    if (reply.duplicate)
        ++m_faults.doubled;
    Ledger &ledger = m_pairs[index].ledger;
    if (m_measuring)
        m_sentLatency.add(microseconds(ledger.age(tag->number, now)));
    const qint64 before = ledger.completed();
    ledger.sent(tag->number, reply.mail.seq);
    ++m_answered;
    m_completed += ledger.completed() - before;
    pump(index);
}

bool Traffic::isOurs(const Client &receiver, const Mail &mail, const Tag &tag) const
{
    return tag.pair < m_pairs.size() && receiver.index() == m_plan.pairs + int(tag.pair)
        && tag.number >= 1 && tag.number <= m_pairs[tag.pair].ledger.opened()
        && (!receiver.namesSenders() || mail.sendUserId == userAt(tag.pair))
        && mail.clientId == mail.body.substr(0, Tag::Size)
        && mail.body.substr(Tag::Size) == m_filler;
}

void Traffic::delivered(Client &client, const Mail &mail)
{
    const Moment now = Ticks::now();
    const auto tag = Tag::read(mail.body);
    if (!tag || tag->run != m_run) {
        ++m_foreign;
        return;
    }
    if (!isOurs(client, mail, *tag)) {
        ++m_faults.damaged;
        return;
    }
    Ledger &ledger = m_pairs[tag->pair].ledger;
    if (m_measuring)
        m_deliveredLatency.add(microseconds(ledger.age(tag->number, now)));
    ledger.delivered(tag->number, mail.seq);
    ++m_delivered;
}

void Traffic::confirmed(Client &client, Seq upTo)
{
    const int index = client.index() - m_plan.pairs;
    if (index < 0 || index >= m_plan.pairs)
        return;
    Ledger &ledger = m_pairs[index].ledger;
    const qint64 before = ledger.completed();
    ledger.confirmed(upTo);
    m_completed += ledger.completed() - before;
    pump(index);
}

void Traffic::refused(Client &client, const Reply &reply)
{
    if (m_firstRefusal.empty())
        m_firstRefusal = reply.code;
    const int index = client.index();
    if (index >= m_plan.pairs || reply.mail.clientId.empty()) {
        ++m_faults.refused;
        return;
    }
    // Sending on would flood a server that has just said no.
    m_pairs[index].refused = true;
    m_pairs[index].ledger.refused();
    ++m_answered;
    ++m_completed;
}

void Traffic::checked(Client &, bool empty)
{
    ++m_checked;
    m_faults.left += !empty;
}

Faults Traffic::conclude(Engine &engine)
{
    m_checked = 0;
    for (int i = 0; i < m_plan.pairs; ++i)
        engine.client(m_plan.pairs + i).check();
    engine.run([this] { return m_checked == m_plan.pairs; }, 10s);
    Faults faults = m_faults;
    faults.unanswered += m_plan.pairs - m_checked;
    for (const Pair &pair : m_pairs)
        faults += pair.ledger.conclude();
    faults.disconnected += engine.brokenCount();
    return faults;
}

} // namespace parley::bench
