// SPDX-License-Identifier: MIT
#include "gateway/transport/tlscontext.h"

#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace parley::transport {
namespace {

template <auto Free> struct Freed {
    template <class T> void operator()(T *thing) const { Free(thing); }
};
using ContextPtr = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

// The newest reason that OpenSSL has, without its codes.
QString reason()
{
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    const char *text = ERR_reason_error_string(error);
    return text ? QString::fromLatin1(text) : QStringLiteral("unknown");
}

// A file that is encrypted would make OpenSSL ask at the terminal.
int noPassword(char *, int, int, void *)
{
    return -1;
}

// WebSocket is asked for over HTTP/1.1. Whoever offers only other protocols is refused, and cannot
// have a connection that was meant for another server.
int selectHttp11(SSL *, const unsigned char **chosen, unsigned char *length,
    const unsigned char *offered, unsigned offeredLength, void *)
{
    static constexpr std::array<unsigned char, 9> Http11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char *found = nullptr;
    const int result = SSL_select_next_proto(
        &found, length, Http11.data(), unsigned(Http11.size()), offered, offeredLength);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

ContextPtr newContext()
{
    ContextPtr context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return nullptr;
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(),
        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
            | SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(
        context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context.get(), 1); // one call to the kernel, not two for each record
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF); // clients keep their tickets
    SSL_CTX_set_num_tickets(context.get(), 1);
    static constexpr unsigned char Name[] = "parley";
    SSL_CTX_set_session_id_context(context.get(), Name, sizeof Name - 1);
    SSL_CTX_set_alpn_select_cb(context.get(), selectHttp11, nullptr);
    return context;
}

Failure failureOf(const PemFile &file)
{
    return Failure{file.name + QStringLiteral(": ") + reason()};
}

BioPtr readerOf(const PemFile &file)
{
    return BioPtr(BIO_new_mem_buf(file.text.constData(), int(file.text.size())));
}

Done useCertificate(SSL_CTX *context, const PemFile &file)
{
    const BioPtr reader = readerOf(file);
    const CertificatePtr own(PEM_read_bio_X509_AUX(reader.get(), nullptr, noPassword, nullptr));
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
        return failureOf(file);
    while (CertificatePtr next{PEM_read_bio_X509(reader.get(), nullptr, noPassword, nullptr)}) {
        if (SSL_CTX_add0_chain_cert(context, next.get()) != 1)
            return failureOf(file);
        (void)next.release(); // the context's now
    }
    const bool isWhole = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    return isWhole ? done() : failureOf(file);
}

Done useKey(SSL_CTX *context, const CertificateFiles &files)
{
    const BioPtr reader = readerOf(files.key);
    const KeyPtr key(PEM_read_bio_PrivateKey(reader.get(), nullptr, noPassword, nullptr));
    if (key && SSL_CTX_use_PrivateKey(context, key.get()) == 1)
        return done();
    if (key && ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH)
        return Failure{
            files.key.name + QStringLiteral(" is not the key of ") + files.certificate.name};
    return failureOf(files.key);
}

Time endOf(const SSL_CTX *context)
{
    tm end{};
    ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &end);
    return Time(std::chrono::seconds(::timegm(&end)));
}

} // namespace

struct TlsContext::Private {
    std::vector<ContextPtr> contexts; // one for each certificate

    static int selectByName(SSL *ssl, int *, void *self);
};

// The contexts of a TlsContext differ by their certificates alone.
int TlsContext::Private::selectByName(SSL *ssl, int *, void *self)
{
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!name)
        return SSL_TLSEXT_ERR_NOACK;
    for (const ContextPtr &context : static_cast<Private *>(self)->contexts) {
        X509 *certificate = SSL_CTX_get0_certificate(context.get());
        if (X509_check_host(certificate, name, 0, 0, nullptr) == 1) {
            SSL_set_SSL_CTX(ssl, context.get());
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK;
}

TlsContext::TlsContext()
    : d(std::make_unique<Private>())
{
}

TlsContext::~TlsContext() = default;

Result<std::shared_ptr<const TlsContext>> TlsContext::load(
    const std::vector<CertificateFiles> &files, const TlsContext *before)
{
    std::shared_ptr<TlsContext> made(new TlsContext);
    std::array<unsigned char, 80> ticketKeys{};
    SSL_CTX *const first = before ? before->d->contexts.front().get() : nullptr;
    if (first)
        SSL_CTX_get_tlsext_ticket_keys(first, ticketKeys.data(), ticketKeys.size());
    for (const CertificateFiles &one : files) {
        ContextPtr context = newContext();
        if (!context)
            return Failure{QStringLiteral("TLS: ") + reason()};
        ERR_clear_error();
        if (const Done used = useCertificate(context.get(), one.certificate); !used)
            return used.failure();
        if (const Done used = useKey(context.get(), one); !used)
            return used.failure();
        if (first || !made->d->contexts.empty())
            SSL_CTX_set_tlsext_ticket_keys(context.get(), ticketKeys.data(), ticketKeys.size());
        else
            SSL_CTX_get_tlsext_ticket_keys(context.get(), ticketKeys.data(), ticketKeys.size());
        SSL_CTX_set_tlsext_servername_callback(context.get(), &Private::selectByName);
        SSL_CTX_set_tlsext_servername_arg(context.get(), made->d.get());
        made->m_certificates.push_back({one.certificate.name, endOf(context.get())});
        made->d->contexts.push_back(std::move(context));
    }
    OPENSSL_cleanse(ticketKeys.data(), ticketKeys.size());
    return std::shared_ptr<const TlsContext>(std::move(made));
}

SSL *TlsContext::newConnection() const
{
    SSL *connection = SSL_new(d->contexts.front().get());
    if (connection)
        SSL_set_accept_state(connection);
    return connection;
}

} // namespace parley::transport
