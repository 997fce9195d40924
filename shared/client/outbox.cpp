// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <algorithm>

namespace parley::client {

Outbox::Outbox(Capacity capacity)
    : m_capacity(capacity)
{
}

bool Outbox::add(protocol::Send message)
{
    if (m_numbers.contains(message.clientId))
        return true;
    if (size() >= m_capacity.messages || m_bytes + message.body.size() > m_capacity.bytes)
        return false;
    const Number number = ++m_lastNumber;
    Receiver &receiver = m_receivers[message.receiveUserId];
    receiver.waiting.insert(number);
    m_numbers.insert(message.clientId, number);
    m_bytes += message.body.size();
    m_messages.emplace(number, std::move(message));
    refresh(receiver);
    return true;
}

const protocol::Send *Outbox::take(Instant now)
{
    if (m_ready.empty() || inFlight() >= m_capacity.inFlight)
        return nullptr;
    const Number number = *m_ready.begin();
    const protocol::Send &message = m_messages.at(number);
    Receiver &receiver = m_receivers.at(message.receiveUserId);
    m_ready.erase(m_ready.begin());
    receiver.waiting.erase(number);
    ++receiver.inFlight;
    m_inFlight.emplace(number, now);
    refresh(receiver);
    return &message;
}

bool Outbox::stored(const QByteArray &clientId)
{
    return remove(clientId);
}

Outbox::Fate Outbox::refused(const QByteArray &clientId, ErrorCode code)
{
    const auto found = m_numbers.constFind(clientId);
    if (found == m_numbers.cend())
        return Fate::Unknown;
    if (isTransient(code)) {
        putBack(*found);
        return Fate::WillBeSentAgain;
    }
    remove(clientId);
    return Fate::GivenUp;
}

bool Outbox::remove(const QByteArray &clientId)
{
    const auto found = m_numbers.constFind(clientId);
    if (found == m_numbers.cend())
        return false;
    const Number number = *found;
    m_numbers.erase(found);
    putBack(number);
    const auto message = m_messages.find(number);
    const auto receiver = m_receivers.find(message->second.receiveUserId);
    m_ready.erase(number);
    receiver->second.waiting.erase(number);
    refresh(receiver->second);
    if (receiver->second.waiting.empty() && receiver->second.inFlight == 0)
        m_receivers.erase(receiver);
    m_bytes -= message->second.body.size();
    m_messages.erase(message);
    return true;
}

void Outbox::connectionLost()
{
    while (!m_inFlight.empty())
        putBack(m_inFlight.begin()->first);
}

std::optional<Instant> Outbox::oldestInFlight() const
{
    const auto oldest = std::min_element(m_inFlight.begin(), m_inFlight.end(),
        [](const auto &a, const auto &b) { return a.second < b.second; });
    return oldest == m_inFlight.end() ? std::nullopt : std::optional(oldest->second);
}

void Outbox::putBack(Number number)
{
    if (m_inFlight.erase(number) == 0)
        return;
    Receiver &receiver = m_receivers.at(m_messages.at(number).receiveUserId);
    --receiver.inFlight;
    if (!receiver.waiting.empty())
        m_ready.erase(*receiver.waiting.begin());
    receiver.waiting.insert(number);
    refresh(receiver);
}

void Outbox::refresh(const Receiver &receiver)
{
    if (!receiver.waiting.empty() && receiver.inFlight < m_capacity.inFlightPerReceiver)
        m_ready.insert(*receiver.waiting.begin());
}

} // namespace parley::client
