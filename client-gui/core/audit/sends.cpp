// SPDX-License-Identifier: MIT
#include "audit/sends.h"

#include <QHashFunctions>

#include <algorithm>

namespace parley::audit {
namespace {

constexpr auto KeyIsKept = std::chrono::hours(24); // at least: docs/protocol.md 4.2

} // namespace

quint64 fingerprint(QByteArrayView body)
{
    return qHashBits(body.data(), size_t(body.size()), 0x9e3779b97f4a7c15u) ^ quint64(body.size());
}

std::optional<bool> Sending::wasSentTo(UserId user) const
{
    if (std::ranges::any_of(texts, [&](const Text &text) { return text.receiver == user; }))
        return true;
    return texts.size() < MostTexts && !texts.empty() ? std::optional(false) : std::nullopt;
}

std::optional<bool> Sending::wasSent(UserId user, quint64 body) const
{
    if (std::ranges::any_of(
            texts, [&](const Text &text) { return text.receiver == user && text.body == body; }))
        return true;
    return texts.size() < MostTexts && !texts.empty() ? std::optional(false) : std::nullopt;
}

bool Sending::isKeptAt(Time now) const
{
    return isAccepted && now - time < KeyIsKept;
}

bool Sending::isRefused(int left) const
{
    return sends > 0 && refused + left >= sends && !isAccepted && !isOlder;
}

void Sending::accept(const protocol::Sent &sent)
{
    if (!isKeptAt(sent.time))
        isAccepted = hadFirst = false;
    if (sent.duplicate && sends <= 1 && !isAccepted)
        isOlder = true;
    isAccepted = true;
    receiver = sent.receiveUserId;
    seq = sent.seq;
    time = sent.time;
    hadFirst = hadFirst || !sent.duplicate;
}

void Sending::refuse(ErrorCode code)
{
    ++refused;
    if (code == ErrorCode::IdReused && !isAccepted)
        isOlder = true;
}

Sending *Sends::find(UserId sender, const QByteArray &clientId)
{
    const auto found = m_sendings.find({sender, clientId});
    return found == m_sendings.end() ? nullptr : &found->second;
}

Sending &Sends::at(UserId sender, const QByteArray &clientId)
{
    const auto [place, isNew] = m_sendings.try_emplace({sender, clientId});
    if (isNew) {
        m_order.emplace_back(sender, clientId);
        if (m_order.size() > MostSends) {
            m_sendings.erase(m_order.front());
            m_order.pop_front();
        }
    }
    return place->second;
}

void Sends::add(UserId sender, const QByteArray &clientId, UserId receiver, quint64 body)
{
    Sending &sending = at(sender, clientId);
    ++sending.sends;
    if (sending.wasSent(receiver, body) != true && sending.texts.size() < Sending::MostTexts)
        sending.texts.push_back({receiver, body});
}

void Sends::clear()
{
    m_sendings.clear();
    m_order.clear();
}

} // namespace parley::audit
