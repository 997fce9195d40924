// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <span>
#include <vector>

namespace parley::transport {

// Bytes that wait to be sent, in pieces, so that no more is held than that: a single buffer grows
// to twice what is in it, and keeps what was sent long ago. Holds nothing while nothing waits.
class SendQueue {
public:
    void add(QByteArrayView head, QByteArrayView body);
    // The piece at the front.
    std::span<const char> front() const
    {
        return {m_first.constData() + m_sent, size_t(m_first.size() - m_sent)};
    }
    bool isOnePiece() const { return m_others.empty(); }
    // All pieces from the front on, as many as there is room for.
    std::span<std::span<const char>> pieces(std::span<std::span<const char>> room) const;
    // The first so many bytes were sent.
    void drop(qsizetype sent);

    qsizetype size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }

private:
    void append(QByteArrayView);

    QByteArray m_first;
    qsizetype m_sent = 0; // of it
    std::vector<QByteArray> m_others; // all but the last are whole pieces
    qsizetype m_size = 0; // of all that was not sent
};

} // namespace parley::transport
