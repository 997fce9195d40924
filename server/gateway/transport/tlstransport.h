// SPDX-License-Identifier: MIT
// TLS over a connected TCP socket: OpenSSL between it and the owner.
#pragma once

#include "gateway/transport/sendqueue.h"
#include "gateway/transport/tlscontext.h"
#include "gateway/transport/transport.h"

namespace parley::transport {

class Notifier;

// The handshake is made by read(): until it is done, nothing comes and nothing is sent. A peer that
// begins with anything else can only be answered.
class TlsTransport final : public Transport {
public:
    // Takes the descriptor, which does not block, and closes it at last.
    TlsTransport(int descriptor, std::shared_ptr<const TlsContext>, Owner &);
    ~TlsTransport() override;
    Q_DISABLE_COPY_MOVE(TlsTransport)

    Input read(std::span<char> room) override;
    void setReading(bool) override;
    void write(QByteArrayView head, QByteArrayView body) override { m_queue.add(head, body); }
    bool flush() override;
    qsizetype waiting() const override { return m_queue.size(); }
    void endWriting() override;
    Stage stage() const override { return m_stage; }

private:
    struct Free {
        void operator()(SSL *) const;
    };
    bool handshake();
    bool begin();
    bool flushPlain();
    bool isTransient(int result);
    Peer fill(std::span<char> room, size_t &filled);
    void readAgain();
    void waitForWriting(bool);

    const int m_descriptor;
    Owner &m_owner;
    const std::shared_ptr<const TlsContext> m_context; // OpenSSL's callbacks look into it
    std::unique_ptr<SSL, Free> m_ssl; // from the first byte on
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // from the first time that something had to wait
    SendQueue m_queue;
    Stage m_stage = Stage::Silent;
    bool m_isReadAgain = false; // OpenSSL holds what was not read
    bool m_mustWriteToRead = false; // the handshake, or an answer that TLS itself owes
};

} // namespace parley::transport
