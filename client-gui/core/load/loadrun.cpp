// SPDX-License-Identifier: MIT
#include "load/loadrun.h"

#include "load/worker.h"

namespace parley::load {

LoadRun::LoadRun(QObject *parent)
    : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("load"));
}

LoadRun::~LoadRun()
{
    end();
}

bool LoadRun::start(const Plan &plan)
{
    if (m_worker)
        return false;
    m_worker = new Worker(plan);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &Worker::sampled, this, &LoadRun::sampled);
    connect(m_worker, &Worker::finished, this, [this](const Summary &summary) {
        end();
        Q_EMIT finished(summary);
    });
    m_thread.start();
    QMetaObject::invokeMethod(m_worker, &Worker::start);
    return true;
}

void LoadRun::stop()
{
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, &Worker::stop);
}

// The worker has no more to do than to let its sockets go.
void LoadRun::end()
{
    if (!m_worker)
        return;
    m_worker->disconnect(this);
    m_worker = nullptr;
    m_thread.quit();
    m_thread.wait();
}

} // namespace parley::load
