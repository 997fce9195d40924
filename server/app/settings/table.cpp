// SPDX-License-Identifier: MIT
#include "app/settings/table.h"

#include "core/ids.h"

#include <algorithm>

namespace parley::app {

#define FIELD(name) ([](Settings & settings) -> auto & { return settings.name; })

namespace {

constexpr qint64 Million = 1'000'000;
constexpr qint64 HourMs = 3'600'000;

// A frame has to fit what may wait to be read.
const Setting Table[] = {
    {"listen", "ADDR:PORT", "Address to listen on; can be repeated; port 0: any free one",
        FIELD(listen), 1},
    {"data", "DIR", "Directory of the SQLite store and of generated secrets", FIELD(data)},
    {"store", "URL", "sqlite:PATH or postgresql://USER@HOST:PORT/NAME", FIELD(store)},
    {"gateways", "N", "Threads that serve connections", FIELD(gateways), 1, 256},
    {"event_loop", "LOOP", "Event loop of the gateways: epoll or qt", FIELD(eventLoop)},

    {"log.level", "LEVEL", "debug, info, warning or error", FIELD(logLevel)},
    {"log.levels", "CATEGORY=LEVEL,...",
        "Levels of single categories: app, gateway, session, chat, storage, security",
        FIELD(logLevels)},
    {"log.format", "FORMAT", "text, logfmt or json", FIELD(logFormat)},

    {"session.secret_key_file", "FILE", "File with the secret key of time sessions",
        FIELD(secretKeyFile)},
    {"session.overlap_hours", "N", "Hours for which the secret key before a new one stays valid",
        FIELD(overlap), 0, 8760},
    {"session.minutes_before", "N", "Minutes before its own in which a time session is valid",
        FIELD(minutesBefore), 0, 60},
    {"session.minutes_after", "N", "Minutes after its own in which a time session is valid",
        FIELD(minutesAfter), 0, 1440},
    {"session.days", "N", "Days for which a login session is valid", FIELD(days), 1, 3650},
    {"session.per_user", "N", "Login sessions of one user; one more ends the oldest",
        FIELD(limits.sessionsPerUser), 1, Million},

    {"tls.certificate_file", "FILE,...", "Certificates for TLS; the host's name (SNI) chooses one",
        FIELD(certificateFiles)},
    {"tls.key_file", "FILE,...", "Private key of each certificate", FIELD(keyFiles)},
    {"tls.listen", "ADDR:PORT", "Address to listen on for TLS; without one, `listen` is for TLS",
        FIELD(tlsListen)},
    {"insecure", "BOOL", "Whether plain text is allowed beyond this machine", FIELD(insecure)},

    {"proxy.trusted", "NETWORK,...",
        "Proxies that are believed when they say whose a connection is", FIELD(trustedProxies)},
    {"proxy.protocol", "PROTOCOL", "How they say it: none, v1v2 (PROXY protocol) or forwarded",
        FIELD(proxyProtocol)},

    {"presence.interval_ms", "N", "How often clients should send HEARTBEAT",
        FIELD(limits.heartbeatInterval), 10, HourMs},
    {"presence.timeout_ms", "N", "How long a client may be silent", FIELD(limits.heartbeatTimeout),
        20, HourMs},

    {"limits.connections", "N", "Connections of all users", FIELD(limits.connections), 1,
        10 * Million},
    {"limits.connections_per_user", "N", "Connections of one user",
        FIELD(limits.connectionsPerUser), 1, 10'000},
    {"limits.connections_per_address", "N", "Connections from one address; 0: no limit",
        FIELD(limits.connectionsPerAddress), 0, 10 * Million},
    {"limits.pending_per_address", "N", "Sockets from one address that are not connections",
        FIELD(limits.pendingPerAddress), 1, 10 * Million},
    {"limits.commands_per_second", "N", "Commands per second of one connection; 0: no limit",
        FIELD(limits.commandsPerSecond), 0, Million},
    {"limits.burst", "N", "Commands that one connection may send at once", FIELD(limits.burst), 1,
        10 * Million},
    {"limits.frame_bytes", "N", "Size of a frame's payload", FIELD(limits.frameBytes),
        limits::Confirm * 17 + 4096, limits::MaxWaitingBytes},
    {"limits.body_bytes", "N", "Size of a message's text in UTF-8", FIELD(limits.bodyBytes), 1,
        limits::MaxBodyBytes},
    {"limits.window", "N", "Pushes to one connection that may be unconfirmed", FIELD(limits.window),
        1, Million},
    {"limits.mailbox_messages", "N", "Unread messages of one user", FIELD(limits.mailboxMessages),
        1, 1000 * Million},
    {"limits.mailbox_bytes", "N", "Bytes of unread text of one user", FIELD(limits.mailboxBytes), 1,
        MaxInteger},
    {"limits.idempotency_hours", "N", "Hours for which a clientId is remembered",
        FIELD(limits.idempotency), 1, 8760},

    {"http.allowed_origins", "ORIGIN,...", "Websites whose pages may connect; empty: all",
        FIELD(allowedOrigins)},
    {"metrics.public", "BOOL", "Whether other hosts may read /metrics", FIELD(metricsPublic)},

    {"trace.enabled", "BOOL", "Whether /trace is on", FIELD(traceEnabled)},
    {"trace.admin_token_file", "FILE", "File with the admin token for /trace",
        FIELD(adminTokenFile)},
};

} // namespace

std::span<const Setting> settingsTable()
{
    return Table;
}

const Setting *findSetting(QByteArrayView key)
{
    const auto found =
        std::ranges::find_if(Table, [&](auto &setting) { return key == setting.key; });
    return found == std::end(Table) ? nullptr : found;
}

} // namespace parley::app
