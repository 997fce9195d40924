// SPDX-License-Identifier: MIT
#include "bench/client.h"

#include "bench/engine.h"
#include "bench/mqttclient.h"
#include "bench/parleyclient.h"
#include "bench/websocket.h"

#include <cerrno>
#include <cstring>

namespace parley::bench {

std::unique_ptr<Client> Client::make(
    Engine &engine, Observer &observer, UserId user, int index, Protocol protocol)
{
    if (protocol == Protocol::Parley)
        return std::make_unique<ParleyClient>(engine, observer, user, index);
    return std::make_unique<MqttClient>(engine, observer, user, index, protocol);
}

Client::Client(Engine &engine, Observer &observer, UserId user, int index,
    std::unique_ptr<Stream> (*makeStream)(StreamOwner &))
    : m_engine(engine)
    , m_observer(observer)
    , m_user(user)
    , m_index(index)
    , m_stream(makeStream(*this))
{
}

void Client::enter(Phase phase)
{
    m_engine.moved(m_phase, phase);
    m_phase = phase;
}

void Client::arrive(const Target &target)
{
    enter(Phase::Arriving);
    arriving(target);
    if (!m_stream->connect(target, m_user, m_index))
        broken(std::strerror(errno));
}

void Client::leave()
{
    leaving();
    m_stream->close();
    if (m_stream->state() == Stream::State::Closed)
        enter(Phase::Away);
}

void Client::hangUp()
{
    m_stream->drop();
    enter(Phase::Away);
}

bool Client::heartbeat()
{
    if (!isOpen() || m_phase < Phase::Greeted)
        return false;
    m_beatAt = Ticks::now();
    queueHeartbeat();
    return true;
}

void Client::beaten()
{
    m_observer.beaten(Ticks::now() - m_beatAt);
}

void Client::progressed()
{
    m_engine.progressed();
}

void Client::queued()
{
    m_engine.touch(*this);
}

void Client::finished()
{
    enter(Phase::Away);
}

void Client::broken(std::string_view why)
{
    m_engine.broken(*this, why);
    enter(Phase::Away);
}

void Client::giveUp(std::string_view why)
{
    m_stream->drop();
    broken(why);
}

} // namespace parley::bench
