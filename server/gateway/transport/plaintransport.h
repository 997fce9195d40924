// SPDX-License-Identifier: MIT
// A connected TCP socket with nothing around it: one read and one write for each wake-up, and no
// buffer while nothing is under way.
#pragma once

#include "gateway/transport/sendqueue.h"
#include "gateway/transport/transport.h"

#include <memory>

namespace parley::transport {

class Notifier;

class PlainTransport : public Transport {
public:
    // Takes the descriptor, which does not block, and closes it at last.
    PlainTransport(int descriptor, Owner &);
    ~PlainTransport() override;
    Q_DISABLE_COPY_MOVE(PlainTransport)

    Input read(std::span<char> room) override;
    void setReading(bool) override;
    void write(QByteArrayView head, QByteArrayView body) override { m_queue.add(head, body); }
    bool flush() override;
    qsizetype waiting() const override { return m_queue.size(); }
    void endWriting() override;

protected:
    // recv() and send() could not do it now, with this error; later they may.
    static bool isTransient(int error);
    int descriptor() const { return m_descriptor; }
    Notifier &readable() { return *m_readable; }
    SendQueue &queue() { return m_queue; }
    void waitForWriting(bool);

private:
    ssize_t send() const;

    const int m_descriptor;
    Owner &m_owner;
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // from the first time that something had to wait
    SendQueue m_queue;
};

} // namespace parley::transport
