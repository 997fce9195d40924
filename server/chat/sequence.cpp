// SPDX-License-Identifier: MIT
#include "chat/sequence.h"

#include "core/limits.h"

#include <algorithm>

namespace parley::chat {
namespace {

qint64 bytesOf(const NewMessage &held)
{
    return limits::RowBytes + held.message.body.size();
}

} // namespace

void Sequence::follow(Seq next)
{
    if (isFollowed()) {
        m_top = std::max(m_top, Seq(m_next.value() - 1)); // what was delivered is there
        m_next = std::min(m_next, next);
    } else {
        m_next = next;
    }
}

void Sequence::stop()
{
    if (isFollowed())
        m_top = std::max(m_top, Seq(m_next.value() - 1));
    m_next = Seq();
    if (!isLooking())
        m_catching.reset();
}

Sequence::Verdict Sequence::offer(Seq seq)
{
    heardOf(seq);
    if (!isFollowed())
        return Verdict::Deliver;
    if (seq != m_next)
        return seq < m_next ? Verdict::Drop : Verdict::Hold;
    m_next = seq.next();
    return Verdict::Deliver;
}

void Sequence::hold(NewMessage &&message, qint64 &sum)
{
    if (!m_catching)
        m_catching = std::make_unique<Catching>();
    const qint64 bytes = bytesOf(message);
    if (m_catching->bytes + bytes > limits::HeldBytesOfMailbox || sum + bytes > limits::HeldBytes)
        return;
    const Seq seq = message.message.seq;
    if (!m_catching->held.emplace(seq, std::move(message)).second)
        return; // it was told twice
    m_catching->bytes += bytes;
    m_catching->sum = &sum;
    sum += bytes;
}

void Sequence::Catching::drop(std::map<Seq, NewMessage>::iterator end)
{
    for (auto one = held.begin(); one != end; one = held.erase(one)) {
        bytes -= bytesOf(one->second);
        *sum -= bytesOf(one->second);
    }
}

std::optional<NewMessage> Sequence::takeNext()
{
    if (!m_catching || !isFollowed())
        return {};
    auto &held = m_catching->held;
    m_catching->drop(held.lower_bound(m_next));
    if (held.empty() || held.begin()->first != m_next)
        return {};
    m_next = m_next.next();
    NewMessage message = held.begin()->second;
    m_catching->drop(std::next(held.begin()));
    return message;
}

Seq Sequence::beginLook(qint64 number)
{
    m_catching = std::make_unique<Catching>();
    m_catching->look = number;
    m_catching->after = Seq(m_next.value() - 1);
    m_catching->top = std::exchange(m_top, Seq());
    return m_catching->after;
}

bool Sequence::find(Seq seq)
{
    if (seq < m_next)
        return false;
    m_next = seq.next();
    return true;
}

void Sequence::skipTo(Seq last)
{
    m_next = std::max(m_next, last.next());
}

void Sequence::endLook(bool isComplete)
{
    m_catching->look = 0;
    if (!isComplete)
        heardOf(m_catching->top);
    if (m_catching->held.empty())
        m_catching.reset();
}

} // namespace parley::chat
