// SPDX-License-Identifier: MIT
#include "bench/engine.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace parley::bench {

namespace {

constexpr int ConnectingAtOnce = 200;
constexpr std::size_t BufferBytes = 256 << 10;
// Few, so that what one event causes is written soon, and latencies are the server's.
constexpr int EventsATurn = 64;
constexpr int TurnMs = 2;
constexpr milliseconds Stall = 30s;
constexpr int MaxStalls = 40;

} // namespace

Engine::Engine(const Target &target, Observer &observer, UserId first, int clients)
    : m_target(target)
    , m_observer(observer)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(std::make_unique<char[]>(BufferBytes))
    , m_watchesWrites(clients)
{
    if (m_epoll < 0)
        throw std::system_error(errno, std::generic_category(), "epoll_create1");
    m_clients.reserve(clients);
    for (int i = 0; i < clients; ++i)
        m_clients.push_back(
            Client::make(*this, observer, UserId(first.value() + i), i, target.protocol()));
    m_counts[int(Phase::Away)] = clients;
}

Engine::~Engine()
{
    close(m_epoll);
}

int Engine::connect(int from, int count)
{
    for (int i = from; i < from + count; ++i)
        m_toConnect.push_back(m_clients[i].get());
    m_connectStart = m_lastGreeted = Ticks::now();
    const int wanted = this->count(Phase::CaughtUp) + count;
    runWhileBusy([this] {
        return m_toConnect.empty()
            && this->count(Phase::Arriving) + this->count(Phase::Greeted) == 0;
    });
    return wanted - this->count(Phase::CaughtUp);
}

void Engine::leave(int from, int count)
{
    int wanted = this->count(Phase::Away);
    for (int i = from; i < from + count; ++i) {
        wanted += m_clients[i]->phase() != Phase::Away;
        m_clients[i]->leave();
    }
    run([&] { return this->count(Phase::Away) >= wanted; }, 3s);
    for (int i = from; i < from + count; ++i)
        m_clients[i]->hangUp();
}

void Engine::moved(Phase from, Phase to)
{
    --m_counts[int(from)];
    ++m_counts[int(to)];
    if (to == Phase::Greeted)
        m_lastGreeted = Ticks::now();
}

void Engine::broken(const Client &client, std::string_view why)
{
    ++m_broken;
    ++m_progress;
    m_lastBroken = "user " + std::to_string(client.user().value()) + ": " + std::string(why);
    if (m_firstBroken.empty())
        m_firstBroken = m_lastBroken;
}

bool Engine::run(const Condition &condition, milliseconds limit)
{
    const Moment end = Ticks::now() + limit;
    for (;;) {
        if (condition())
            return true;
        if (Ticks::now() >= end)
            return false;
        turn();
    }
}

bool Engine::runWhileBusy(const Condition &condition)
{
    for (int i = 0; i < MaxStalls; ++i) {
        const qint64 before = m_progress;
        if (run(condition, Stall))
            return true;
        if (m_progress == before)
            return false;
    }
    return false;
}

void Engine::turn()
{
    const Moment now = Ticks::now();
    startConnecting();
    beat(now);
    m_observer.turn(now);

    // A CONFIRM that is written may let a sender send: the list grows while it is worked through,
    // and iterators of it would not last.
    const auto flushTouched = [this] {
        // NOLINTNEXTLINE(modernize-loop-convert)
        for (std::size_t i = 0; i < m_touched.size(); ++i)
            flush(*m_touched[i]);
        m_touched.clear();
    };
    flushTouched();
    epoll_event events[EventsATurn];
    const int n = epoll_wait(m_epoll, events, EventsATurn, TurnMs);
    for (int i = 0; i < n; ++i)
        dispatch(*static_cast<Client *>(events[i].data.ptr), events[i].events);
    flushTouched();
}

void Engine::startConnecting()
{
    while (count(Phase::Arriving) < ConnectingAtOnce && !m_toConnect.empty()) {
        Client &client = *m_toConnect.front();
        m_toConnect.pop_front();
        client.arrive(m_target);
        if (client.stream().descriptor() >= 0)
            watch(client, true, EPOLL_CTL_ADD);
    }
}

// Each client has its turn once in an interval.
void Engine::beat(Moment now)
{
    const double sinceLast = seconds(now - m_lastBeat);
    m_lastBeat = now;
    if (!m_beating || m_clients.empty())
        return;
    const double interval = double(m_clients[m_nextBeat]->hello().heartbeatMs) / 1000;
    if (interval <= 0)
        return;
    m_beatsDue += std::min(1.0, sinceLast / interval) * clients();
    for (; m_beatsDue >= 1; --m_beatsDue) {
        m_heartbeats += m_clients[m_nextBeat]->heartbeat();
        m_nextBeat = (m_nextBeat + 1) % clients();
    }
}

void Engine::flush(Client &client)
{
    Stream &stream = client.stream();
    stream.flush();
    const bool waiting = stream.hasQueued();
    if (stream.descriptor() >= 0 && waiting != m_watchesWrites[client.index()])
        watch(client, waiting, EPOLL_CTL_MOD);
}

void Engine::watch(Client &client, bool writes, int operation)
{
    epoll_event event{};
    event.events = writes ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.ptr = &client;
    if (epoll_ctl(m_epoll, operation, client.stream().descriptor(), &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    m_watchesWrites[client.index()] = writes;
}

void Engine::dispatch(Client &client, unsigned events)
{
    Stream &stream = client.stream();
    if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0 && m_watchesWrites[client.index()]
        && stream.descriptor() >= 0) {
        stream.writable();
        flush(client);
    }
    if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0 && stream.descriptor() >= 0
        && stream.state() != Stream::State::Connecting)
        stream.read(m_buffer.get(), BufferBytes);
}

} // namespace parley::bench
