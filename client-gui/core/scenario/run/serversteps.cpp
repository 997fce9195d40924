// SPDX-License-Identifier: MIT
#include "scenario/run/serversteps.h"

#include "scenario/run/serverprocess.h"

#include <QJsonDocument>
#include <QNetworkReply>

using namespace std::chrono_literals;

namespace parley::scenario {
namespace {

constexpr auto ServerPatience = 20s; // it may have to recover
constexpr auto HttpTimeout = 10min; // also when no step waits for it any more
constexpr qint64 MostHttpBytes = 1 << 20;

} // namespace

ServerSteps::ServerSteps(const Target &target, Values &values)
    : m_target(target)
    , m_values(values)
{
}

StepUnderWay ServerSteps::begin(const Server &step)
{
    ServerProcess *process = m_target.process;
    if (!process)
        return StepUnderWay::failed(StepText::tr(
            "this server was not started for the scenario, so it cannot be stopped or started"));
    const bool down = step.what != Server::What::Start;
    const bool up = step.what == Server::What::Start || step.what == Server::What::Restart;
    if (down && !process->isReady())
        return StepUnderWay::failed(StepText::tr("the server is not running"));
    if (!down && process->isReady())
        return StepUnderWay::failed(StepText::tr("the server is already running"));
    if (down)
        step.what == Server::What::Stop ? process->stop() : process->kill();
    else
        process->start();
    connect(process, &ServerProcess::ended, this, &ServerSteps::happened, Qt::UniqueConnection);
    connect(process, &ServerProcess::ready, this, &ServerSteps::happened, Qt::UniqueConnection);
    const auto look = [process, up, wasStarted = !down]() mutable -> std::optional<Outcome> {
        if (up && process->isReady() && wasStarted)
            return Outcome();
        if (process->isRunning())
            return {};
        if (!up)
            return Outcome();
        if (wasStarted)
            return Outcome{false, process->failure(), 0};
        wasStarted = true;
        process->start();
        return {};
    };
    const auto late = [] { return Outcome{false, StepText::tr("the server does not react"), 0}; };
    return {look, late, {}, ServerPatience};
}

Result<QNetworkReply *> ServerSteps::ask(const Http &step)
{
    const auto path = m_values.resolveText(step.path);
    const auto bearer = m_values.resolveText(step.bearer);
    const auto body = m_values.resolve(step.json);
    for (const auto *failure : {path ? nullptr : &path.failure(),
             bearer ? nullptr : &bearer.failure(), body ? nullptr : &body.failure()}) {
        if (failure)
            return *failure;
    }
    QUrl url = m_target.server.resolved(QUrl(*path));
    url.setScheme(
        url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    QNetworkRequest request(url);
    request.setTransferTimeout(int(milliseconds(HttpTimeout).count()));
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!bearer->isEmpty())
        request.setRawHeader("Authorization", "Bearer " + bearer->toUtf8());
    QByteArray content;
    if (!body->isUndefined()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        content = QJsonDocument(body->toObject()).toJson(QJsonDocument::Compact);
    }
    // It goes with this object, whatever becomes of the step.
    return m_network.sendCustomRequest(request, step.method.toLatin1(), content);
}

StepUnderWay ServerSteps::begin(const Http &step)
{
    const auto asked = ask(step);
    if (!asked)
        return StepUnderWay::failed(asked.failure().text);
    QNetworkReply *reply = *asked;
    connect(reply, &QNetworkReply::finished, this, &ServerSteps::happened);
    const auto look = [this, reply, step]() -> std::optional<Outcome> {
        if (!reply->isFinished())
            return {};
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray answer = reply->read(MostHttpBytes);
        if (status != step.status)
            return Outcome{false,
                StepText::tr("should have been answered with %1, and was with %2")
                    .arg(step.status)
                    .arg(status),
                0};
        // What an answer holds may be secret, and is not repeated.
        if (!answer.contains(step.contains.toUtf8()))
            return Outcome{
                false, StepText::tr("the answer does not contain \"%1\"").arg(step.contains), 0};
        if (!step.as.isEmpty())
            m_values.set(step.as, QJsonDocument::fromJson(answer).object());
        return Outcome();
    };
    return {look, [] { return Outcome{false, StepText::tr("no answer"), 0}; }};
}

} // namespace parley::scenario
