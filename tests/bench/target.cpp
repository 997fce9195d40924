// SPDX-License-Identifier: MIT
#include "bench/target.h"

#include <QCryptographicHash>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>

namespace parley::bench {

namespace {

// Linux hands out about 28 000 ports for each pair of addresses and server port.
constexpr int ConnectionsPerSource = 25'000;

Failure notAUrl(const std::string &url)
{
    return {QStringLiteral("not of the form ws://HOST:PORT, wss://HOST:PORT, mqtt://HOST:PORT or "
                           "mqtt+ws://HOST:PORT: ")
        + QString::fromStdString(url)};
}

struct Scheme {
    std::string_view text;
    Protocol protocol;
    bool isTls = false;
};
constexpr Scheme Schemes[] = {
    {"ws://", Protocol::Parley},
    {"wss://", Protocol::Parley, true},
    {"mqtt://", Protocol::Mqtt},
    {"mqtt+ws://", Protocol::MqttWebSocket},
};

} // namespace

std::string timeSession(const std::string &key, UserId user, std::time_t at)
{
    std::tm utc{};
    char minute[11];
    std::strftime(minute, sizeof minute, "%y%m%d%H%M", gmtime_r(&at, &utc));
    const std::string text = key + std::to_string(user.value()) + minute;
    return QCryptographicHash::hash(
        QByteArrayView(text.data(), qsizetype(text.size())), QCryptographicHash::Md5)
        .toHex()
        .toStdString();
}

Result<Target> Target::resolve(const std::string &url, std::string secretKey)
{
    const auto *const scheme = std::find_if(std::begin(Schemes), std::end(Schemes),
        [&](const Scheme &known) { return url.starts_with(known.text); });
    if (scheme == std::end(Schemes))
        return notAUrl(url);
    Target target;
    target.m_protocol = scheme->protocol;
    target.m_isTls = scheme->isTls;
    target.m_authority = url.substr(scheme->text.size());
    target.m_secretKey = std::move(secretKey);
    if (target.m_authority.ends_with('/'))
        target.m_authority.pop_back();
    const std::size_t colon = target.m_authority.rfind(':');
    if (colon == std::string::npos || target.m_authority.find('/') != std::string::npos)
        return notAUrl(url);
    std::string host = target.m_authority.substr(0, colon);
    const std::string port = target.m_authority.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);

    target.m_host = host;

    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo *found = nullptr;
    if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found))
        return Failure{QString::fromStdString(url + ": " + gai_strerror(error))};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
    std::memcpy(&target.m_address, found->ai_addr, found->ai_addrlen);
    target.m_addressSize = found->ai_addrlen;
    return target;
}

std::string Target::upgradeRequest(UserId user) const
{
    const std::string what = m_protocol == Protocol::MqttWebSocket
        ? "/mqtt HTTP/1.1\r\nSec-WebSocket-Protocol: mqtt"
        : "/chat/private?userId=" + std::to_string(user.value())
            + "&session=" + timeSession(m_secretKey, user, std::time(nullptr)) + " HTTP/1.1";
    return "GET " + what + "\r\nHost: " + m_authority
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

int Target::connect(int index) const
{
    return connectFrom(quint32(index / ConnectionsPerSource));
}

int Target::connectFrom(quint32 source) const
{
    const int fd = socket(m_address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (source > 0 && m_address.ss_family == AF_INET) {
        sockaddr_in from{};
        std::memcpy(&from, &m_address, sizeof from);
        const quint32 server = ntohl(from.sin_addr.s_addr);
        if (server >> 24 == IN_LOOPBACKNET) {
            setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
            from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + source);
            from.sin_port = 0;
            if (bind(fd, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0) {
                close(fd);
                return -1;
            }
        }
    }
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&m_address), m_addressSize) != 0
        && errno != EINPROGRESS) {
        close(fd);
        return -1;
    }
    return fd;
}

} // namespace parley::bench
