// SPDX-License-Identifier: MIT
#include "app/control/socket.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QScopeGuard>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace parley::app::control {

namespace {

Failure failureAt(const QByteArray &path, const QString &why)
{
    return {QStringLiteral("%1: %2").arg(QFile::decodeName(path), why)};
}

Failure failureAt(const QByteArray &path)
{
    return failureAt(path, qt_error_string(errno));
}

Result<sockaddr_un> addressOf(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (size_t(path.size()) >= sizeof address.sun_path)
        return failureAt(path,
            QStringLiteral("a socket's path has at most %1 bytes")
                .arg(sizeof address.sun_path - 1));
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    return address;
}

int newSocket()
{
    return ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

// Whether it may be taken away: nobody listens on it.
Done isStale(const QByteArray &path, const sockaddr_un &address)
{
    struct stat status { };
    if (::lstat(path.constData(), &status) != 0)
        return errno == ENOENT ? done() : Done(failureAt(path));
    if (!S_ISSOCK(status.st_mode))
        return failureAt(path, QStringLiteral("it is in the way, and no socket; remove it"));
    const int probe = newSocket();
    const bool refused =
        ::connect(probe, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        && errno == ECONNREFUSED;
    ::close(probe);
    return refused ? done() : Done(failureAt(path, QStringLiteral("another server answers on it")));
}

bool mayAsk(int peer)
{
    ucred who{};
    socklen_t size = sizeof who;
    return ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0
        && (who.uid == ::geteuid() || who.uid == 0);
}

} // namespace

QString socketPath(const QString &data)
{
    return data + QStringLiteral("/control.sock");
}

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

ListeningSocket::ListeningSocket(ListeningSocket &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_inode(std::exchange(other.m_inode, 0))
{
}

ListeningSocket::~ListeningSocket()
{
    struct stat status { };
    if (m_inode != 0 && ::lstat(m_path.constData(), &status) == 0 && status.st_ino == m_inode)
        ::unlink(m_path.constData());
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<ListeningSocket> ListeningSocket::at(const QString &path)
{
    ListeningSocket socket(QFile::encodeName(path));
    if (const Done listens = socket.listen(); !listens)
        return listens.failure();
    return socket;
}

Done ListeningSocket::listen()
{
    const auto address = addressOf(m_path);
    if (!address)
        return address.failure();
    // Two servers that start at once would take each other's socket for a stale one.
    const QByteArray folder = QFile::encodeName(QFileInfo(QFile::decodeName(m_path)).path());
    const int lock = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0 || ::flock(lock, LOCK_EX) != 0)
        return failureAt(folder);
    const auto unlock = qScopeGuard([lock] { ::close(lock); });
    if (const Done stale = isStale(m_path, *address); !stale)
        return stale;
    ::unlink(m_path.constData());
    m_descriptor = newSocket();
    struct stat status { };
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&*address), sizeof *address) != 0
        || ::chmod(m_path.constData(), 0600) != 0 || ::lstat(m_path.constData(), &status) != 0
        || ::listen(m_descriptor, Peers) != 0)
        return failureAt(m_path);
    m_inode = status.st_ino;
    return done();
}

int ListeningSocket::accept()
{
    for (;;) {
        const int peer = ::accept4(m_descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (peer < 0 || mayAsk(peer))
            return peer;
        ::close(peer);
    }
}

} // namespace parley::app::control
