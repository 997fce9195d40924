// SPDX-License-Identifier: MIT
// What an operator may set, as typed values: what the rest of the server is given.
#pragma once

#include "app/logging/form.h"
#include "core/clock.h"
#include "core/limits.h"

#include <QByteArray>
#include <QHostAddress>
#include <QStringList>
#include <QThread>

#include <utility>
#include <vector>

namespace parley::app {

struct Listen {
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 2345;
    bool isTls = false; // set by allListen() alone
};

// Web sites as browsers name them: scheme://host[:port], in lower case.
struct Origins : QStringList {
    using QStringList::QStringList;
};

enum class EventLoop { Epoll, Qt };

// Networks as ADDRESS/PREFIX, or single addresses.
struct Networks : std::vector<std::pair<QHostAddress, int>> {
    using vector::vector;
};

// How a proxy says whose connection or request it passes on.
enum class ProxyProtocol { None, V1V2, Forwarded };

struct Settings {
    std::vector<Listen> listen{Listen()}; // at least one
    QString data; // a directory
    QString store; // a URL for storage::sql::makeStore
    int gateways = QThread::idealThreadCount();
    EventLoop eventLoop = EventLoop::Epoll; // of the gateways
    LogLevel logLevel = LogLevel::Info;
    LogLevels logLevels; // of categories that have another
    LogFormat logFormat = LogFormat::Text;

    QString secretKeyFile;
    QByteArray secretKey; // of time sessions; empty: they are off
    // The key before it, which is valid, too, until then; from a file beside (secretfile.h).
    QByteArray previousKey; // empty: none
    Time previousKeyEnds{};
    std::chrono::hours overlap{24}; // for which a key is valid after it was replaced
    int minutesBefore = 1; // that a time session is valid before its minute
    int minutesAfter = 5;
    int days = 30; // that a login session is valid

    QStringList
        certificateFiles; // in PEM, with the chain; the first one is for whoever names no host
    QStringList keyFiles; // one for each certificate
    std::vector<Listen> tlsListen; // empty: `listen` is for TLS where there are certificates
    bool insecure = false; // plain text may be spoken beyond this machine

    Networks trustedProxies; // empty: none
    ProxyProtocol proxyProtocol = ProxyProtocol::None; // that those speak

    Limits limits;
    Origins allowedOrigins; // empty: any
    bool metricsPublic = false;

    bool traceEnabled = false;
    QString adminTokenFile;
    QByteArray adminToken; // for the trace; empty: none
};

// Where to listen, and whether for TLS: `tlsListen` is; where there is none and there are
// certificates, `listen` is.
std::vector<Listen> allListen(const Settings &);

} // namespace parley::app
