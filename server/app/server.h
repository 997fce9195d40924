// SPDX-License-Identifier: MIT
// The whole server as one object: the only place where the concrete parts meet. A test starts one
// in its own process, on port 0.
#pragma once

#include "app/settings/settings.h"
#include "chat/connectionfacts.h"
#include "gateway/acceptor.h"
#include "storage/bus.h"

#include <QObject>

#include <functional>

namespace parley::app {

// Lives on the thread with the main event loop. The clock must outlive it.
class Server : public QObject {
    Q_OBJECT

public:
    using Strength = session::PasswordHasher::Strength;
    // Without a bus it is the store's only server.
    Server(const Settings &, const Clock &, std::unique_ptr<storage::Store>,
        Strength = Strength::Interactive, std::unique_ptr<storage::Bus> = {});
    // Without shutdown() before, connections end without a Close frame; what was queued is
    // committed.
    ~Server() override;

    // Reads the certificates, opens the store, starts the threads, listens on all addresses;
    // returns the first one's port. Once.
    Result<quint16> start();
    // Whoever comes from now on meets the certificates of these settings; the others stay. A
    // Failure changes nothing.
    Done reloadCertificates(const Settings &);
    // Time sessions are checked by the keys of these settings from now on.
    void changeKeys(const Settings &);

    // After start(), from any thread. What is connected: of this user, or of all when it is 0, and
    // at most so many. Told once, from another thread, unless the server stops meanwhile.
    void listConnections(
        UserId, size_t most, const std::function<void(chat::ListedConnections &&)> &tell) const;
    struct Stats {
        milliseconds uptime{};
        qint64 connections = 0;
        qint64 stored = 0; // messages since the start
        qint64 confirmed = 0;
        bool storeAvailable = false;
        qint64 memoryBytes = 0; // resident
        qint64 descriptors = 0; // open
        bool unreadIsKnown = false; // all mailboxes were counted
        qint64 unread = 0; // messages
        qint64 unreadBytes = 0; // of their bodies
    };
    Stats stats() const;
    // Of time sessions; empty: they are off. Any thread.
    QByteArray secretKey() const { return m_services->timeSessions.rule()->secretKey; }

    // The addresses of the settings, with the ports that were free.
    const std::vector<Listen> &listening() const { return m_listen; }
    // No new connections; GOAWAY to all; what is queued is committed and answered; the connections
    // are closed. stopped() follows within limits::ShutdownTimeout.
    void shutdown();
    // Whether all threads have done something within the last so long: none of them hangs.
    bool isAlive(milliseconds within) const;

Q_SIGNALS:
    void stopped();

private:
    void checkCertificates();
    void onEmptied();
    void stop();

    const Settings m_settings;
    const Instant m_start;
    std::vector<Listen> m_listen;
    storage::StorageThread m_storage;
    std::vector<std::unique_ptr<QThread>> m_threads;
    std::vector<std::unique_ptr<gateway::Gateway>> m_gateways;
    // Ends before the gateways do: a password check under way still reports to one.
    std::unique_ptr<gateway::Services> m_services;
    std::vector<std::unique_ptr<gateway::Acceptor>> m_acceptors; // one for each address
    std::shared_ptr<const transport::TlsContext> m_tls;
    QTimer m_certificateTimer;
    QTimer m_shutdownTimer;
    size_t m_emptied = 0;
};

} // namespace parley::app
