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

    enum class Progress { Done, Later, Failed };
    Progress handshake();
    bool isReady() const { return m_isReady; }
    // The handshake wants to write.
    bool wantsWriting() const { return m_wantsWriting; }
    // As recv() and send(): -1 with errno set, which is EAGAIN for later.
    long read(char *buffer, std::size_t size);
    long write(const char *bytes, std::size_t size);
    // What went wrong.
    const std::string &reason() const { return m_reason; }

private:
    struct Free {
        void operator()(SSL *) const;
    };
    long told(int result);

    std::unique_ptr<SSL, Free> m_ssl;
    std::string m_reason;
    bool m_isReady = false;
    bool m_wantsWriting = false;
};

} // namespace parley::bench
