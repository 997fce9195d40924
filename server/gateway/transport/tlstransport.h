// SPDX-License-Identifier: MIT
// TLS over a connected TCP socket: OpenSSL between it and the owner.
#pragma once

#include "gateway/transport/plaintransport.h"
#include "gateway/transport/tlscontext.h"

namespace parley::transport {

// The handshake is made by read(): until it is done, nothing comes and nothing is sent. A peer that
// begins with anything else can only be answered, in plain text.
class TlsTransport final : public PlainTransport {
public:
    TlsTransport(int descriptor, std::shared_ptr<const TlsContext>, Owner &);
    ~TlsTransport() override;

    Input read(std::span<char> room) override;
    void setReading(bool) override;
    bool flush() override;
    void endWriting() override;
    Stage stage() const override { return m_stage; }

    // Of all connections of this thread: those that did nothing since the last call let go of
    // OpenSSL's buffers (34 KiB). To be called now and then.
    static void releaseIdle();
    bool isResumed() const override;

private:
    struct Free {
        void operator()(SSL *) const;
    };
    class Busy;
    static Busy &busy();
    bool handshake();
    bool begin();
    bool mayGoOn(int result);
    Peer fill(std::span<char> room, size_t &filled);
    void readAgain();

    const std::shared_ptr<const TlsContext> m_context; // OpenSSL's callbacks look into it
    std::unique_ptr<SSL, Free> m_ssl; // from the first byte on
    Stage m_stage = Stage::Silent;
    bool m_wasUsed = false; // since the last releaseIdle()
    qint32 m_busy = -1; // its number among those that have buffers; -1: it has none
    bool m_isReadAgain = false; // OpenSSL holds what was not read
    bool m_mustWriteToRead = false; // the handshake, or an answer that TLS itself owes
};

} // namespace parley::transport
