// SPDX-License-Identifier: MIT
// A connected TCP socket with nothing around it: one read and one write for each wake-up, and no
// buffer while nothing is under way.
#pragma once

#include "gateway/websocket/transport.h"

#include <QByteArray>

#include <memory>

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
    qsizetype waiting() const override { return m_waiting.size() - m_written; }
    void endWriting() override;

private:
    class Notifier;
    const int m_descriptor;
    Owner &m_owner;
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // from the first time that something had to wait
    QByteArray m_waiting;
    qsizetype m_written = 0; // of these
};

} // namespace parley::websocket
