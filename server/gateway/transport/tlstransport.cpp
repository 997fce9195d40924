// SPDX-License-Identifier: MIT
#include "gateway/transport/tlstransport.h"

#include "core/limits.h"
#include "gateway/transport/notifier.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace parley::transport {
namespace {

// OpenSSL's own for sockets writes without MSG_NOSIGNAL: a peer that has gone would kill us.
int descriptorOf(BIO *bio)
{
    return int(reinterpret_cast<intptr_t>(BIO_get_data(bio)));
}

int tell(BIO *bio, ssize_t result, void (*wait)(BIO *))
{
    BIO_clear_retry_flags(bio);
    if (result < 0 && (errno == EAGAIN || errno == EINTR))
        wait(bio);
    return int(result);
}

int receive(BIO *bio, char *room, int size)
{
    const ssize_t got = ::recv(descriptorOf(bio), room, size_t(size), 0);
    if (got == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return tell(bio, got, [](BIO *bio) { BIO_set_retry_read(bio); });
}

int send(BIO *bio, const char *bytes, int size)
{
    return tell(bio, ::send(descriptorOf(bio), bytes, size_t(size), MSG_NOSIGNAL),
        [](BIO *bio) { BIO_set_retry_write(bio); });
}

long control(BIO *bio, int command, long, void *)
{
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1; // nothing is kept
    case BIO_CTRL_EOF:
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    default:
        return 0;
    }
}

BIO *newSocket(int descriptor)
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        BIO_meth_set_read(made, receive);
        BIO_meth_set_write(made, send);
        BIO_meth_set_ctrl(made, control);
        return made;
    }();
    BIO *bio = BIO_new(method);
    if (bio) {
        // A number in a pointer's place, which nobody follows.
        // NOLINTNEXTLINE(performance-no-int-to-ptr)
        BIO_set_data(bio, reinterpret_cast<void *>(intptr_t(descriptor)));
        BIO_set_init(bio, 1);
    }
    return bio;
}

} // namespace

// Buffers cost as much to get and to give back as a message costs to encrypt. So whoever is busy
// keeps them, but only so many at once.
class TlsTransport::Busy {
public:
    void add(TlsTransport &transport)
    {
        transport.m_wasUsed = true;
        if (transport.m_busy >= 0)
            return;
        TlsTransport *&place = m_places[m_next];
        if (place)
            release(*place);
        place = &transport;
        transport.m_busy = qint32(m_next);
        m_next = (m_next + 1) % m_places.size();
    }
    void remove(TlsTransport &transport)
    {
        if (transport.m_busy >= 0)
            m_places[size_t(std::exchange(transport.m_busy, -1))] = nullptr;
    }
    // Whoever holds a part of a record keeps it.
    void releaseIdle()
    {
        for (TlsTransport *transport : m_places) {
            if (transport && !std::exchange(transport->m_wasUsed, false))
                release(*transport);
        }
    }

private:
    void release(TlsTransport &transport)
    {
        SSL_free_buffers(transport.m_ssl.get());
        remove(transport);
    }

    std::array<TlsTransport *, limits::TlsBusy> m_places{};
    size_t m_next = 0;
};

TlsTransport::Busy &TlsTransport::busy()
{
    static thread_local Busy busy;
    return busy;
}

void TlsTransport::releaseIdle()
{
    busy().releaseIdle();
}

void TlsTransport::Free::operator()(SSL *ssl) const
{
    SSL_free(ssl);
}

TlsTransport::TlsTransport(int descriptor, std::shared_ptr<const TlsContext> context, Owner &owner)
    : PlainTransport(descriptor, owner)
    , m_context(std::move(context))
{
}

TlsTransport::~TlsTransport()
{
    busy().remove(*this);
}

Transport::Input TlsTransport::read(std::span<char> room)
{
    m_isReadAgain = false;
    if (m_stage == Stage::NotTls)
        return {room.first(0), PlainTransport::read(room).peer};
    if (m_stage != Stage::Ready && !handshake())
        return {room.first(0), Peer::Gone};
    if (m_stage != Stage::Ready)
        return {room.first(0), Peer::There};
    size_t filled = 0;
    busy().add(*this);
    const Peer peer = fill(room, filled);
    // What OpenSSL holds already wakes nobody: neither more bytes, nor an end behind those here.
    const bool isMore = filled == room.size() && SSL_has_pending(m_ssl.get()) == 1;
    if (isMore || (filled > 0 && peer != Peer::There))
        readAgain();
    return {room.first(filled), filled > 0 ? Peer::There : peer};
}

// Looks at the first byte, which says whether it is TLS. False: the peer has gone.
bool TlsTransport::begin()
{
    static constexpr unsigned char HandshakeRecord = 22;
    unsigned char first = 0;
    const ssize_t got = ::recv(descriptor(), &first, 1, MSG_PEEK);
    if (got <= 0)
        return got < 0 && isTransient(errno);
    if (first != HandshakeRecord) {
        m_stage = Stage::NotTls;
        return true;
    }
    m_ssl.reset(m_context->newConnection());
    BIO *const socket = newSocket(descriptor());
    if (!m_ssl || !socket) {
        BIO_free(socket);
        return false;
    }
    SSL_set_bio(m_ssl.get(), socket, socket); // its owner now
    m_stage = Stage::Handshake;
    return true;
}

// False: it failed.
bool TlsTransport::handshake()
{
    if (m_stage == Stage::Silent && !begin())
        return false;
    if (m_stage != Stage::Handshake)
        return true;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    if (result != 1)
        return mayGoOn(result);
    m_stage = Stage::Ready;
    waitForWriting(!queue().isEmpty());
    return true;
}

// Whether it goes on later, when the socket can do what it cannot now.
bool TlsTransport::mayGoOn(int result)
{
    const int error = SSL_get_error(m_ssl.get(), result);
    m_mustWriteToRead = error == SSL_ERROR_WANT_WRITE;
    if (m_mustWriteToRead)
        waitForWriting(true);
    return m_mustWriteToRead || error == SSL_ERROR_WANT_READ;
}

Transport::Peer TlsTransport::fill(std::span<char> room, size_t &filled)
{
    while (filled < room.size()) {
        ERR_clear_error();
        size_t got = 0;
        const int result =
            SSL_read_ex(m_ssl.get(), room.data() + filled, room.size() - filled, &got);
        filled += got;
        if (result == 1 && SSL_has_pending(m_ssl.get()) == 1)
            continue;
        if (result == 1)
            return Peer::There; // asking the kernel once more would tell us only that
        if (mayGoOn(result))
            return Peer::There;
        return SSL_get_error(m_ssl.get(), result) == SSL_ERROR_ZERO_RETURN ? Peer::Ended
                                                                           : Peer::Gone;
    }
    return Peer::There;
}

void TlsTransport::readAgain()
{
    m_isReadAgain = true;
    if (!readable().isEnabled())
        return; // when it is read again
    QCoreApplication::postEvent(&readable(), new QEvent(QEvent::SockAct));
}

void TlsTransport::setReading(bool on)
{
    PlainTransport::setReading(on);
    if (on && m_isReadAgain)
        readAgain();
}

bool TlsTransport::flush()
{
    if (std::exchange(m_mustWriteToRead, false)) {
        waitForWriting(!queue().isEmpty());
        readAgain();
    }
    if (m_stage == Stage::NotTls)
        return PlainTransport::flush();
    if (m_stage != Stage::Ready)
        return true; // what waits goes when the handshake is done
    busy().add(*this);
    while (!queue().isEmpty()) {
        const auto piece = queue().front();
        ERR_clear_error();
        size_t written = 0;
        const int result = SSL_write_ex(m_ssl.get(), piece.data(), piece.size(), &written);
        if (result != 1) {
            const int error = SSL_get_error(m_ssl.get(), result);
            if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ)
                return false;
            break;
        }
        queue().drop(qsizetype(written));
    }
    waitForWriting(!queue().isEmpty());
    return true;
}

bool TlsTransport::isResumed() const
{
    return m_ssl && SSL_session_reused(m_ssl.get()) == 1;
}

void TlsTransport::endWriting()
{
    if (m_stage == Stage::Ready) {
        ERR_clear_error();
        SSL_shutdown(m_ssl.get()); // tells the peer; its answer is not waited for
    }
    PlainTransport::endWriting();
}

} // namespace parley::transport
