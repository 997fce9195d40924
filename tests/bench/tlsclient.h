// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <memory>
#include <string>
#include <string_view>

typedef struct ssl_st SSL;

namespace parley::bench {

// The client's side of TLS on a socket that does not block.
class TlsClient {
public:
    // These certificates vouch for servers; without a file, the system's. Once, first.
    static Done trust(const std::string &file);

    // Connected, or about to be; stays the caller's. The server's certificate must be for the host.
    TlsClient(int descriptor, const std::string &host);
    ~TlsClient();

    // As recv() and send(): -1 with errno set, which is EAGAIN for later. The first ones make the
    // handshake.
    long read(char *buffer, std::size_t size);
    long write(const char *bytes, std::size_t size);
    bool isReady() const; // past the handshake
    // The last write() waits for something to be read.
    bool mustRead() const { return m_mustRead; }
    // What went wrong, when it was TLS.
    const std::string &reason() const { return m_reason; }

private:
    struct Free {
        void operator()(SSL *) const;
    };
    long told(int result);

    std::unique_ptr<SSL, Free> m_ssl;
    std::string m_reason;
    bool m_mustRead = false;
};

} // namespace parley::bench
