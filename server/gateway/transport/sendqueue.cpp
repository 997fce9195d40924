// SPDX-License-Identifier: MIT
#include "gateway/transport/sendqueue.h"

#include <algorithm>

namespace parley::transport {
namespace {

constexpr qsizetype FewFrames = 1000;
constexpr qsizetype PieceBytes = 64 << 10;

} // namespace

void SendQueue::add(QByteArrayView head, QByteArrayView body)
{
    const qsizetype size = head.size() + body.size();
    m_size += size;
    if (m_first.isNull()) // at once for what mostly comes in one turn
        m_first.reserve(std::clamp(size, FewFrames, PieceBytes));
    if (m_others.empty() && m_first.size() + size <= PieceBytes) {
        m_first.append(head).append(body);
    } else {
        append(head);
        append(body);
    }
}

void SendQueue::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        QByteArray *piece = m_others.empty() ? &m_first : &m_others.back();
        if (piece->size() >= PieceBytes) {
            piece = &m_others.emplace_back();
            piece->reserve(PieceBytes);
        }
        const auto part = bytes.first(std::min(bytes.size(), PieceBytes - piece->size()));
        piece->append(part);
        bytes = bytes.sliced(part.size());
    }
}

std::span<std::span<const char>> SendQueue::pieces(std::span<std::span<const char>> room) const
{
    room[0] = front();
    size_t count = 1;
    for (const QByteArray &piece : m_others) {
        if (count == room.size())
            break;
        room[count++] = {piece.constData(), size_t(piece.size())};
    }
    return room.first(count);
}

void SendQueue::drop(qsizetype sent)
{
    m_size -= sent;
    if (m_size == 0) {
        m_first = {};
        m_others = std::vector<QByteArray>();
        m_sent = 0;
        return;
    }
    m_sent += sent;
    auto next = m_others.begin();
    for (; next != m_others.end() && m_sent >= m_first.size(); ++next) {
        m_sent -= m_first.size();
        m_first = std::move(*next);
    }
    m_others.erase(m_others.begin(), next);
}

} // namespace parley::transport
