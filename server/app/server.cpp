// SPDX-License-Identifier: MIT
#include "app/server.h"

#include "app/logging/log.h"
#include "app/settings/readfile.h"
#include "chat/steps.h"
#include "coordinator/nodecoordinator.h"
#include "core/log.h"
#include "gateway/epolldispatcher.h"
#include "gateway/services/processfigures.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QSysInfo>

#include <algorithm>
#include <iterator>
#include <mutex>

namespace parley::app {

namespace {

gateway::Policy policyOf(const Settings &settings, Server::Strength hashing)
{
    gateway::Policy policy;
    policy.limits = settings.limits;
    policy.timeSessions = {settings.secretKey, settings.minutesBefore, settings.minutesAfter,
        settings.previousKey, settings.previousKeyEnds};
    policy.loginSessionLife = std::chrono::hours(24 * settings.days);
    for (const QString &origin : settings.allowedOrigins)
        policy.allowedOrigins.push_back(origin.toUtf8());
    policy.metricsPublic = settings.metricsPublic;
    auto &proxies = settings.proxyProtocol == ProxyProtocol::V1V2 ? policy.headerProxies
                                                                  : policy.forwardingProxies;
    proxies = settings.trustedProxies;
    policy.hashing = hashing;
    policy.version = PARLEY_VERSION;
    if (settings.traceEnabled)
        policy.traceToken = settings.adminToken;
    policy.node = QSysInfo::machineHostName().toUtf8() + '-'
        + QByteArray::number(QCoreApplication::applicationPid());
    return policy;
}

// Where there is a bus, there may be other nodes.
std::unique_ptr<coordinator::Coordinator> makeCoordinator(
    std::unique_ptr<storage::Bus> bus, const Clock &clock)
{
    if (bus)
        return std::make_unique<coordinator::NodeCoordinator>(std::move(bus), clock);
    return std::make_unique<coordinator::Coordinator>();
}

// [::] stands for both families, as people expect; Qt has a name of its own for that.
QHostAddress socketAddress(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::Any)
                                                          : address;
}

gateway::Metrics::LogCounts logCounts()
{
    const Log *const log = Log::current();
    return log ? gateway::Metrics::LogCounts{log->dropped(), log->leftOut()}
               : gateway::Metrics::LogCounts();
}

constexpr qint64 MostPemBytes = 1 << 20;

// On the thread that accepts, which must not wait for a pipe.
Result<transport::PemFile> readPem(const QString &name)
{
    QFile file(name);
    if (const Done opened = openFile(file, Accept::RegularFiles); !opened)
        return opened.failure();
    auto text = readFile(file, name, MostPemBytes);
    if (!text)
        return text.failure();
    return transport::PemFile{name, std::move(*text)};
}

} // namespace

Server::Server(const Settings &settings, const Clock &clock, std::unique_ptr<storage::Store> store,
    Strength hashing, std::unique_ptr<storage::Bus> bus)
    : m_settings(settings)
    , m_start(clock.instant())
    , m_listen(allListen(settings))
    , m_storage(std::move(store), clock)
    , m_services(std::make_unique<gateway::Services>(
          policyOf(settings, hashing), clock, m_storage, makeCoordinator(std::move(bus), clock)))
{
    m_services->metrics.setLog([] { return logCounts(); });
    m_certificateTimer.callOnTimeout(this, &Server::checkCertificates);
    m_shutdownTimer.setSingleShot(true);
    connect(&m_shutdownTimer, &QTimer::timeout, this, &Server::stop);
    // Directly, on the storage thread: the coordinator's signal is what crosses the threads.
    connect(
        &m_storage, &storage::StorageThread::committed, m_services->coordinator.get(),
        [this](const storage::BatchPtr &batch) {
            if (m_services->tracer.isOn())
                chat::tellCommit(m_services->tracer, *batch);
            m_services->coordinator->publish(batch);
        },
        Qt::DirectConnection);
    connect(&m_storage, &storage::StorageThread::forgotten, &m_services->directory,
        &chat::Directory::assertAll, Qt::DirectConnection);
    m_storage.setNode(m_services->policy.node, m_services->policy.version);
    connect(&m_storage, &storage::StorageThread::marked, m_services->coordinator.get(),
        &coordinator::Coordinator::note, Qt::DirectConnection);
}

Server::~Server()
{
    disconnect(this, &Server::stopped, nullptr, nullptr);
    stop();
}

Result<quint16> Server::start()
{
    if (const Done loaded = reloadCertificates(m_settings); !loaded)
        return loaded.failure();
    if (Done opened = m_storage.open(); !opened)
        return opened.failure();
    std::vector<gateway::Gateway *> gateways;
    for (int i = 0; i < m_settings.gateways; ++i) {
        auto &thread = *m_threads.emplace_back(std::make_unique<QThread>());
        auto &gateway = *m_gateways.emplace_back(
            std::make_unique<gateway::Gateway>(i, m_settings.gateways, *m_services));
        thread.setObjectName(QStringLiteral("gateway-%1").arg(i));
        if (m_settings.eventLoop == EventLoop::Epoll)
            thread.setEventDispatcher(new gateway::EpollDispatcher); // the thread's from now on
        gateway.moveToThread(&thread);
        connect(&thread, &QThread::started, &gateway, &gateway::Gateway::start);
        connect(&gateway, &gateway::Gateway::emptied, this, &Server::onEmptied);
        thread.start();
        gateways.push_back(&gateway);
    }
    m_services->coordinator->start();
    for (Listen &listen : m_listen) {
        auto &acceptor =
            *m_acceptors.emplace_back(std::make_unique<gateway::Acceptor>(*m_services, gateways));
        if (Done done = acceptor.listenOn(socketAddress(listen.address), listen.port); !done)
            return done.failure();
        listen.port = acceptor.serverPort();
        if (listen.isTls)
            acceptor.setTls(m_tls);
    }
    return m_listen.front().port;
}

Done Server::reloadCertificates(const Settings &settings)
{
    std::vector<transport::CertificateFiles> files;
    for (qsizetype i = 0; i < settings.certificateFiles.size(); ++i) {
        auto certificate = readPem(settings.certificateFiles[i]);
        auto key = readPem(settings.keyFiles[i]);
        if (!certificate || !key)
            return (certificate ? key : certificate).failure();
        files.push_back({std::move(*certificate), std::move(*key)});
    }
    if (files.empty())
        return done();
    const auto tls = transport::TlsContext::load(files, m_tls.get());
    if (!tls)
        return tls.failure();
    m_tls = *tls;
    for (const auto &acceptor : m_acceptors) {
        if (acceptor->isTls())
            acceptor->setTls(m_tls);
    }
    checkCertificates();
    return done();
}

void Server::changeKeys(const Settings &settings)
{
    m_services->timeSessions.change(
        settings.secretKey, settings.previousKey, settings.previousKeyEnds);
}

void Server::listConnections(
    UserId user, size_t most, const std::function<void(chat::ListedConnections &&)> &tell) const
{
    struct Gathered {
        std::mutex mutex;
        chat::ListedConnections all;
        size_t missing = 0; // gateways
    };
    const auto gathered = std::make_shared<Gathered>();
    gathered->missing = m_gateways.size();
    const size_t share = std::max<size_t>(1, most / m_gateways.size());
    for (const auto &gateway : m_gateways) {
        const auto gather = [&gateway = *gateway, gathered, user, share, tell] {
            const chat::ListedConnections own = gateway.list(user, share);
            const std::lock_guard lock(gathered->mutex);
            std::ranges::copy(own.connections, std::back_inserter(gathered->all.connections));
            gathered->all.omitted += own.omitted;
            if (--gathered->missing == 0)
                tell(std::move(gathered->all));
        };
        QMetaObject::invokeMethod(gateway.get(), gather, Qt::QueuedConnection);
    }
}

Server::Stats Server::stats() const
{
    const storage::Counts &counts = m_storage.counts();
    const gateway::ProcessFigures process = gateway::processFigures();
    return {m_services->clock.instant() - m_start, m_services->metrics.figures().connections,
        counts.stored.value(), counts.confirmed.value(), m_storage.isAvailable(),
        process.residentBytes, process.openDescriptors, counts.unreadIsKnown.value() == 1,
        counts.unreadMessages.value(), counts.unreadBytes.value()};
}

void Server::checkCertificates()
{
    using namespace std::chrono;
    constexpr auto Notice = hours(24 * 14);
    m_services->metrics.forgetCertificates();
    for (const auto &certificate : m_tls->certificates()) {
        m_services->metrics.setCertificateEnd(certificate.file, certificate.end);
        const auto left = certificate.end - m_services->clock.now();
        if (left < Notice)
            qCWarning(lcApp).noquote()
                << "the certificate" << certificate.file << (left < 0ms ? "has ended" : "ends soon")
                << "at"
                << QDateTime::fromMSecsSinceEpoch(toMs(certificate.end), Qt::UTC)
                       .toString(Qt::ISODate);
    }
    m_certificateTimer.start(hours(24));
}

void Server::shutdown()
{
    if (m_services->isStopping.exchange(true))
        return;
    for (const auto &acceptor : m_acceptors)
        acceptor->close();
    m_shutdownTimer.start(limits::ShutdownTimeout);
    for (const auto &gateway : m_gateways)
        QMetaObject::invokeMethod(gateway.get(), &gateway::Gateway::goAway, Qt::QueuedConnection);
}

bool Server::isAlive(milliseconds within) const
{
    const Instant since = m_services->clock.instant() - within;
    return m_storage.lastAlive() >= since
        && std::ranges::all_of(
            m_gateways, [&](const auto &gateway) { return gateway->lastAlive() >= since; });
}

void Server::onEmptied()
{
    if (++m_emptied == m_gateways.size())
        stop();
}

void Server::stop()
{
    m_shutdownTimer.stop();
    m_services->isStopping = true;
    m_acceptors.clear();
    for (size_t i = 0; i < m_gateways.size(); ++i) {
        if (m_threads[i]->isRunning())
            QMetaObject::invokeMethod(
                m_gateways[i].get(), &gateway::Gateway::stop, Qt::BlockingQueuedConnection);
        m_threads[i]->quit();
        m_threads[i]->wait();
    }
    m_storage.finish();
    Q_EMIT stopped();
}

} // namespace parley::app
