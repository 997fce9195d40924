// SPDX-License-Identifier: MIT
#include "bench/tlsclient.h"

#include <QString>

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace parley::bench {
namespace {

SSL_CTX *context()
{
    static SSL_CTX *const made = [] {
        std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
        SSL_CTX *fresh = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(fresh, SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_mode(fresh,
            SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
                | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_options(fresh, SSL_OP_IGNORE_UNEXPECTED_EOF);
        SSL_CTX_set_read_ahead(fresh, 1);
        return fresh;
    }();
    return made;
}

bool isAddress(const std::string &host)
{
    in6_addr room{};
    return inet_pton(AF_INET, host.c_str(), &room) == 1
        || inet_pton(AF_INET6, host.c_str(), &room) == 1;
}

} // namespace

void TlsClient::Free::operator()(SSL *ssl) const
{
    SSL_free(ssl);
}

Done TlsClient::trust(const std::string &file)
{
    const int loaded = file.empty() ? SSL_CTX_set_default_verify_paths(context())
                                    : SSL_CTX_load_verify_file(context(), file.c_str());
    ERR_clear_error();
    if (loaded == 1)
        return done();
    return Failure{QStringLiteral("no certificates in ") + QString::fromStdString(file)};
}

TlsClient::TlsClient(int descriptor, const std::string &host)
    : m_ssl(SSL_new(context()))
{
    SSL_set_fd(m_ssl.get(), descriptor);
    SSL_set_connect_state(m_ssl.get());
    if (isAddress(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(m_ssl.get()), host.c_str());
    } else {
        SSL_set_tlsext_host_name(m_ssl.get(), host.c_str());
        SSL_set1_host(m_ssl.get(), host.c_str());
    }
}

TlsClient::~TlsClient() = default;

bool TlsClient::isReady() const
{
    return SSL_is_init_finished(m_ssl.get()) == 1;
}

long TlsClient::read(char *buffer, std::size_t size)
{
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(m_ssl.get(), buffer, size, &got);
    return result == 1 ? long(got) : told(result);
}

long TlsClient::write(const char *bytes, std::size_t size)
{
    ERR_clear_error();
    std::size_t written = 0;
    const int result = SSL_write_ex(m_ssl.get(), bytes, size, &written);
    m_mustRead = result != 1 && SSL_want_read(m_ssl.get());
    return result == 1 ? long(written) : told(result);
}

// What recv() and send() would have said.
long TlsClient::told(int result)
{
    const int before = errno;
    const int error = SSL_get_error(m_ssl.get(), result);
    errno = EPROTO;
    if (error == SSL_ERROR_ZERO_RETURN)
        return 0;
    if (error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ)
        errno = EAGAIN;
    else if (error == SSL_ERROR_SYSCALL && before != 0)
        errno = before;
    if (const char *reason = ERR_reason_error_string(ERR_peek_last_error()))
        m_reason = reason;
    return -1;
}

} // namespace parley::bench
