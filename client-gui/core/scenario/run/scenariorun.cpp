// SPDX-License-Identifier: MIT
#include "scenario/run/scenariorun.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace std::chrono_literals;

namespace parley::scenario {
namespace {

constexpr auto StartPatience = 30s;
constexpr auto StopPatience = 12s; // parleyd promises 10 s
// After a restart nothing is to be missed.
constexpr client::Backoff::Settings TraceBackoff{20ms, 200ms, 10s};

// Ids of a millisecond that is not to come again; room for as many users as a scenario has.
qint64 freshIds()
{
    static const qint64 Begin =
        QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    return (QDateTime::currentMSecsSinceEpoch() - Begin) * 100;
}

} // namespace

QString defaultParleyd()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/parleyd");
}

ScenarioRun::ScenarioRun(play::Players &players, ServerChoice choice, QObject *parent)
    : QObject(parent)
    , m_players(players)
    , m_choice(std::move(choice))
    , m_runner(players)
    , m_trace(nullptr, TraceBackoff)
{
    followTrace();
    m_patience.setSingleShot(true);
    connect(&m_runner, &Runner::finished, this, &ScenarioRun::endProcess);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_process)
            m_process->kill();
        if (m_isStarting)
            fail(Verdict::Status::Failed, tr("the server did not start in time"));
    });
}

ScenarioRun::~ScenarioRun() = default;

void ScenarioRun::start(const Scenario &scenario)
{
    m_scenario = scenario;
    m_verdict.reset();
    m_process.reset();
    if (m_choice.url.isEmpty()) {
        startProcess();
        return;
    }
    if (scenario.needsOwnServer()) {
        fail(Verdict::Status::Skipped, tr("it needs a server of its own"));
        return;
    }
    m_runner.start(scenario, {m_choice.url, m_choice.secretKey, knownUsers(scenario)});
}

void ScenarioRun::followTrace()
{
    connect(&m_trace, &client::TraceClient::stepsReceived, &m_players, &play::Players::takeTrace);
    connect(&m_trace, &client::TraceClient::stateChanged, this, [this](bool isConnected) {
        Q_EMIT traceChanged(isConnected);
        // A server that has no trace does as well.
        if (m_isStarting && (isConnected || !m_trace.isWanted()))
            runOnProcess();
        if (!isConnected && m_verdict && !m_process->isRunning())
            processHasEnded();
    });
}

void ScenarioRun::runOnProcess()
{
    m_isStarting = false;
    m_patience.stop();
    m_runner.start(
        m_scenario, {m_process->url(), m_process->secretKey(), m_users, m_process.get()});
}

void ScenarioRun::startProcess()
{
    m_users = knownUsers(m_scenario, m_choice.store.isEmpty() ? 0 : freshIds());
    QByteArray users;
    for (const KnownUser &user : m_users) {
        if (user.absent)
            continue;
        users += QByteArray::number(user.id.value()) + ',' + user.loginName.toUtf8();
        if (!user.password.isEmpty())
            users += ",\"" + user.password.toUtf8().replace('"', "\"\"") + '"';
        users += '\n';
    }
    m_process = std::make_unique<ServerProcess>(
        ServerProcess::Setup{m_choice.parleyd, m_choice.store, m_scenario.server, users, true});
    connect(m_process.get(), &ServerProcess::ready, this, [this] {
        if (m_isStarting)
            m_trace.open(m_process->url(), m_process->adminToken());
    });
    connect(m_process.get(), &ServerProcess::ended, this, [this] {
        if (m_isStarting)
            fail(Verdict::Status::Failed, m_process->failure());
        else if (m_verdict && !m_trace.isConnected())
            processHasEnded();
    });
    m_isStarting = true;
    m_patience.start(StartPatience);
    m_process->start();
}

void ScenarioRun::stop()
{
    if (m_isStarting)
        fail(Verdict::Status::Stopped, tr("stopped"));
    m_runner.stop();
}

void ScenarioRun::endProcess(const Verdict &verdict)
{
    m_verdict = verdict;
    if (!m_process || !m_process->isRunning()) {
        processHasEnded();
        return;
    }
    m_patience.start(StopPatience);
    m_process->stop();
}

// What the server told last has been told, too.
void ScenarioRun::processHasEnded()
{
    m_patience.stop();
    m_trace.close();
    if (const auto verdict = std::exchange(m_verdict, {}))
        Q_EMIT finished(*verdict);
}

void ScenarioRun::fail(Verdict::Status status, const QString &why)
{
    m_isStarting = false;
    m_patience.stop();
    m_trace.close();
    if (m_process)
        m_process->kill();
    Verdict verdict;
    verdict.status = status;
    verdict.failure = QStringLiteral("%1: %2").arg(m_scenario.file, why);
    verdict.steps.resize(m_scenario.steps.size());
    verdict.startedAtUs = frames::nowUs();
    Q_EMIT finished(verdict);
}

} // namespace parley::scenario
