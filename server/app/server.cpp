// SPDX-License-Identifier: MIT
#include "app/server.h"

#include "chat/steps.h"
#include "gateway/epolldispatcher.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace parley::app {

namespace {

gateway::Policy policyOf(const Settings &settings, Server::Strength hashing)
{
    gateway::Policy policy;
    policy.limits = settings.limits;
    policy.timeSessions = {settings.secretKey, settings.minutesBefore, settings.minutesAfter};
    policy.loginSessionLife = std::chrono::hours(24 * settings.days);
    for (const QString &origin : settings.allowedOrigins)
        policy.allowedOrigins.push_back(origin.toUtf8());
    policy.metricsPublic = settings.metricsPublic;
    policy.hashing = hashing;
    if (settings.traceEnabled)
        policy.traceToken = settings.adminToken;
    policy.node = QSysInfo::machineHostName().toUtf8() + '-'
        + QByteArray::number(QCoreApplication::applicationPid());
    return policy;
}

// [::] stands for both families, as people expect; Qt has a name of its own for that.
QHostAddress socketAddress(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::Any)
                                                          : address;
}

} // namespace

Server::Server(const Settings &settings, const Clock &clock, std::unique_ptr<storage::Store> store,
    Strength hashing)
    : m_listen(settings.listen)
    , m_gatewayCount(settings.gateways)
    , m_eventLoop(settings.eventLoop)
    , m_storage(std::move(store), clock)
    , m_services(std::make_unique<gateway::Services>(policyOf(settings, hashing), clock, m_storage))
{
    m_shutdownTimer.setSingleShot(true);
    connect(&m_shutdownTimer, &QTimer::timeout, this, &Server::stop);
    // Directly, on the storage thread: the coordinator's signal is what crosses the threads.
    connect(
        &m_storage, &storage::StorageThread::committed, &m_services->coordinator,
        [this](const storage::BatchPtr &batch) {
            m_services->metrics.countBatch(*batch);
            if (m_services->tracer.isOn())
                chat::tellCommit(m_services->tracer, *batch);
            m_services->coordinator.publish(batch);
        },
        Qt::DirectConnection);
}

Server::~Server()
{
    disconnect(this, &Server::stopped, nullptr, nullptr);
    stop();
}

Result<quint16> Server::start()
{
    if (Done opened = m_storage.open(); !opened)
        return opened.failure();
    std::vector<gateway::Gateway *> gateways;
    for (int i = 0; i < m_gatewayCount; ++i) {
        auto &thread = *m_threads.emplace_back(std::make_unique<QThread>());
        auto &gateway = *m_gateways.emplace_back(
            std::make_unique<gateway::Gateway>(i, m_gatewayCount, *m_services));
        thread.setObjectName(QStringLiteral("gateway-%1").arg(i));
        if (m_eventLoop == EventLoop::Epoll)
            thread.setEventDispatcher(new gateway::EpollDispatcher); // the thread's from now on
        gateway.moveToThread(&thread);
        connect(&thread, &QThread::started, &gateway, &gateway::Gateway::start);
        connect(&gateway, &gateway::Gateway::emptied, this, &Server::onEmptied);
        thread.start();
        gateways.push_back(&gateway);
    }
    for (Listen &listen : m_listen) {
        auto &acceptor =
            *m_acceptors.emplace_back(std::make_unique<gateway::Acceptor>(*m_services, gateways));
        if (Done done = acceptor.listenOn(socketAddress(listen.address), listen.port); !done)
            return done.failure();
        listen.port = acceptor.serverPort();
    }
    return m_listen.front().port;
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
