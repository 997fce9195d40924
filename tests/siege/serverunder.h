// SPDX-License-Identifier: MIT
#pragma once

#include "siege/findings.h"
#include "support/certificates.h"
#include "support/daemon.h"

#include <QTemporaryDir>

#include <string>

namespace parley::siege {

// How the server is run for a while.
struct Footing {
    bool isTls = false; // it speaks TLS alone
    int descriptors = 0; // 0: as many as this process may have
    bool isErrorUnread = false; // its stderr is a pipe that nobody reads
    int heartbeatIntervalMs = 5000;
    int heartbeatTimeoutMs = 15'000;
};

// The server under siege, a process of its own, and what can be seen of it from outside.
class ServerUnder {
public:
    // `program`: parleyd; `folder` holds the store, reports of sanitizers, and the log.
    ServerUnder(QString program, QString folder, const Footing &);
    ~ServerUnder();

    bool importUsers(const std::string &lines);
    bool start();
    quint16 port() const { return m_daemon.port(); }
    // The program's argument for parley-bench's Target; of TLS, what trusts it.
    std::string url() const;
    std::string ca() const { return m_certificates.ca().toStdString(); }
    pid_t pid() const { return pid_t(m_daemon.process().processId()); }
    int terminate(); // SIGTERM; its exit status, -1: none in time
    bool hasEnded();
    QString howItEnded() const;

    int descriptors() const;
    qint64 peakKib() const; // VmHWM
    qint64 residentKib() const; // VmRSS
    void pause(); // SIGSTOP
    void goOn();
    bool moveDatabaseAway();
    bool moveDatabaseBack();
    // What the sanitizers wrote, and the last lines of the log where there is one.
    std::string reports() const;
    std::string lastWords() const;

private:
    QString databaseFile() const;
    QString logFile() const;
    void prepare(const Footing &);

    const QString m_folder;
    const bool m_isTls;
    test::Certificates m_certificates;
    test::Daemon m_daemon;
    int m_unread[2] = {-1, -1};
};

inline constexpr const char *SecretKey = "the-secret-key-of-a-siege";

} // namespace parley::siege
