// SPDX-License-Identifier: MIT
// The socket by which other processes of this machine ask a running server: one line of JSON asks,
// lines of JSON answer, and the last of them has "end" or "error".
#pragma once

#include "core/result.h"

#include <QString>

#include <chrono>

class QJsonObject;

namespace parley::app::control {

inline constexpr qsizetype QuestionBytes = 1024; // its line
inline constexpr qsizetype AnswerBytes = 16 << 20; // all lines
inline constexpr int Peers = 4; // at once
// For a peer, from its first byte to its last; whoever asks waits a little longer.
inline constexpr std::chrono::milliseconds PeerTimeout{10'000};

// In a data directory.
QString socketPath(const QString &data);

QByteArray lineOf(const QJsonObject &);

// Listens at a path, for its own user alone; closes and removes it at the end.
class ListeningSocket {
public:
    // Takes the place of one that nobody answers on. A Failure when somebody does, when what is
    // there is no socket, and when the path is too long for one.
    static Result<ListeningSocket> at(const QString &path);
    ListeningSocket(ListeningSocket &&) noexcept;
    ~ListeningSocket();
    Q_DISABLE_COPY(ListeningSocket)
    ListeningSocket &operator=(ListeningSocket &&) = delete;

    int descriptor() const { return m_descriptor; }
    // A peer that runs as this server's user or as root; -1: none is waiting any more. Others are
    // turned away.
    int accept();

private:
    explicit ListeningSocket(const QByteArray &path)
        : m_path(path)
    {
    }
    Done listen();

    QByteArray m_path;
    int m_descriptor = -1;
    quint64 m_inode = 0; // of the path; 0: it is not ours
};

} // namespace parley::app::control
