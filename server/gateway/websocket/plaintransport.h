// SPDX-License-Identifier: MIT
// A connected TCP socket with nothing around it: one read and one write for each wake-up, and no
// buffer while nothing is under way.
#pragma once

#include "gateway/websocket/transport.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace parley::websocket {

class PlainTransport final : public Transport {
public:
    // Takes the descriptor, which does not block, and closes it at last.
    PlainTransport(int descriptor, Owner &);
    ~PlainTransport() override;
    Q_DISABLE_COPY_MOVE(PlainTransport)

    Input read(std::span<char> room) override;
    void setReading(bool) override;
    void write(QByteArrayView head, QByteArrayView body) override;
    bool flush() override;
    qsizetype waiting() const override { return m_waiting; }
    void endWriting() override;

private:
    class Notifier;
    void append(QByteArrayView);
    ssize_t send() const;
    void drop(qsizetype sent);

    const int m_descriptor;
    Owner &m_owner;
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // from the first time that something had to wait
    // What waits, in pieces, so that no more is held than that: a single buffer grows to twice what
    // is in it, and keeps what was sent long ago.
    QByteArray m_first;
    qsizetype m_sent = 0; // of it
    std::vector<QByteArray> m_others; // all but the last are whole pieces
    qsizetype m_waiting = 0; // the sum of all that was not sent
};

} // namespace parley::websocket
