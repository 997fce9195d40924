// SPDX-License-Identifier: MIT
// A connected TCP socket with nothing around it: one read and one write for each wake-up, and no
// buffer while nothing is under way.
#pragma once

#include <QByteArray>
#include <QSocketNotifier>

#include <memory>
#include <optional>
#include <span>

namespace parley::gateway {

// Lives on one thread. Nothing is called while a call is made.
class Socket {
public:
    // Whoever it belongs to, and outlives it.
    class Owner {
    public:
        virtual ~Owner() = default;
        // There is something to read(), perhaps the end.
        virtual void onReadable() = 0;
        // There is room to flush() what is waiting.
        virtual void onWritable() = 0;
    };

    // Takes the descriptor, which does not block, and closes it at last.
    Socket(int descriptor, Owner &);
    ~Socket();
    Q_DISABLE_COPY_MOVE(Socket)

    // Fills `room` once: the bytes that have come; none when there are none yet; nullopt when the
    // peer has ended its side or is gone.
    std::optional<std::span<char>> read(std::span<char> room);
    // Whether the owner is told onReadable(). At first it is.
    void setReading(bool);

    // Queues both until flush().
    void write(QByteArrayView head, QByteArrayView body = {});
    // Writes what the kernel takes, and the rest when onWritable() flushes again. False: the peer
    // is gone.
    bool flush();
    // Bytes queued and not yet with the kernel.
    qsizetype waiting() const { return m_waiting.size() - m_written; }
    // Tells the peer that nothing more will come. To be called when nothing is waiting.
    void endWriting();

private:
    class Notifier;
    const int m_descriptor;
    Owner &m_owner;
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // from the first time that something had to wait
    QByteArray m_waiting;
    qsizetype m_written = 0; // of these
};

} // namespace parley::gateway
