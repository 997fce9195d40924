// SPDX-License-Identifier: MIT
#include "siege/horde.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <system_error>

namespace parley::siege {

namespace {

constexpr int EventsATurn = 256;
constexpr int TurnMs = 2;
constexpr int BeginsATurn = 4;
// Of the attacks, the last ones that ended and that began are the likeliest cause of a finding.
constexpr std::size_t OverKept = 10;
constexpr int ActsTold = 20;

std::string describe(const Act &act)
{
    return act.attack.name + (act.words.empty() ? std::string() : ": " + act.words);
}

} // namespace

Horde::Horde(const bench::Target &target, Findings &findings, std::vector<const Attack *> attacks,
    Chance chance, bool isNarrow)
    : m_target(target)
    , m_findings(findings)
    , m_attacks(std::move(attacks))
    , m_isNarrow(isNarrow)
    , m_chance(chance)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Horde::~Horde()
{
    stop();
    ::close(m_epoll);
}

void Horde::start()
{
    m_findings.watch([this] { return underWay(); });
    m_thread = std::thread([this] { run(); });
}

void Horde::stop()
{
    if (!m_thread.joinable())
        return;
    m_stopping = true;
    m_thread.join();
    m_findings.watch({});
}

void Horde::run()
{
    while (!m_stopping) {
        for (int i = 0; i < BeginsATurn; ++i)
            begin();
        turn();
        reap();
    }
    for (Peer *peer : m_peers)
        peer->vanish(Peer::How::Reset);
    const std::lock_guard lock(m_mutex);
    m_acts.clear();
}

void Horde::begin()
{
    int weights = 0;
    for (const Attack *attack : m_attacks)
        weights += m_running[attack] < attack->atOnce ? attack->weight : 0;
    int drawn = m_chance.below(weights);
    for (const Attack *attack : m_attacks) {
        if (m_running[attack] >= attack->atOnce)
            continue;
        drawn -= attack->weight;
        if (drawn >= 0)
            continue;
        ++m_running[attack];
        ++m_begun[attack->name];
        Act *act = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            act = &m_acts.emplace_back(Act{*this, *attack, m_chance.branch(), {}, {}});
        }
        act->script = attack->run(*act);
        act->script.go();
        return;
    }
}

void Horde::turn()
{
    epoll_event events[EventsATurn];
    const int n = ::epoll_wait(m_epoll, events, EventsATurn, TurnMs);
    // No script runs in this loop, so that no peer goes away in it.
    for (int i = 0; i < n; ++i)
        static_cast<Peer *>(events[i].data.ptr)->handle(events[i].events);
    const bench::Moment now = bench::Ticks::now();
    for (Peer *peer : m_peers) {
        if (peer->isDue(now))
            m_due.push_back(peer->takeWaiting());
    }
    // Each of another script, which frees no peers but its own.
    for (const std::coroutine_handle<> script : m_due)
        script.resume();
    m_due.clear();
}

void Horde::reap()
{
    const std::lock_guard lock(m_mutex);
    for (auto act = m_acts.begin(); act != m_acts.end();) {
        if (!act->script.isDone()) {
            ++act;
            continue;
        }
        --m_running[&act->attack];
        m_over.push_back("ended just now: " + describe(*act));
        if (m_over.size() > OverKept)
            m_over.pop_front();
        act = m_acts.erase(act);
    }
}

void Horde::watch(Peer &peer, int operation, unsigned events)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &peer;
    m_connections += operation == EPOLL_CTL_ADD;
    if (::epoll_ctl(m_epoll, operation, peer.descriptor(), &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void Horde::note(Act &act, std::string words)
{
    const std::lock_guard lock(m_mutex);
    act.words = std::move(words);
}

std::vector<std::string> Horde::underWay() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> lines(m_over.begin(), m_over.end());
    int left = ActsTold;
    for (auto act = m_acts.rbegin(); act != m_acts.rend() && left > 0; ++act, --left)
        lines.push_back(describe(*act));
    lines.push_back(std::to_string(m_acts.size()) + " attacks in all");
    return lines;
}

} // namespace parley::siege
