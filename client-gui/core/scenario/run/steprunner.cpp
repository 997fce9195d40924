// SPDX-License-Identifier: MIT
// What is about connections.
#include "scenario/run/steprunner.h"

#include "scenario/run/serverprocess.h"

#include <QElapsedTimer>
#include <QJsonDocument>

using namespace std::chrono_literals;

namespace parley::scenario {

using client::State;
using frames::Frame;
using frames::Kind;

namespace {

constexpr auto ServerPatience = 20s; // it may have to recover

QString reasonOf(const Participant &participant)
{
    const QString reason = participant.player->reason();
    return reason.isEmpty() ? QString() : StepRunner::tr(" (%1)").arg(reason);
}

} // namespace

StepRunner::StepRunner(play::Stage &stage, Participants &participants, const Target &target,
    std::vector<FinalCheck> &finalChecks, QObject *parent)
    : QObject(parent)
    , m_stage(stage)
    , m_participants(participants)
    , m_target(target)
    , m_finalChecks(finalChecks)
{
    QJsonObject names;
    for (auto user = target.users.begin(); user != target.users.end(); ++user) {
        m_values.set(user.key(), user->id.value());
        names.insert(user.key(), user->loginName);
    }
    m_values.set(QStringLiteral("names"), names);
}

struct Visit {
    StepRunner &stepRunner;
    template <class T> StepUnderWay operator()(const T &step) const { return stepRunner.on(step); }
};

StepUnderWay StepRunner::begin(const Step &step)
{
    m_within = step.within;
    if (step.round > 0)
        m_values.set(QStringLiteral("round"), step.round);
    return std::visit(Visit{*this}, step.action);
}

StepUnderWay StepRunner::on(const Connect &step)
{
    for (const QString &name : step.clients) {
        Participant &who = participant(name);
        who.player->setAccount(who.odd.value_or(m_participants.account(who)));
        if (!who.player->connectToServer())
            return StepUnderWay::failed(who.player->reason());
    }
    const auto look = [this, clients = step.clients]() -> std::optional<Outcome> {
        bool all = true;
        for (const QString &name : clients) {
            const Participant &who = participant(name);
            if (who.player->state() == State::Refused)
                return Outcome{false, tr("%1 was refused%2").arg(name, reasonOf(who)), 0};
            all = all && who.player->isOnline();
        }
        return all ? std::optional(Outcome()) : std::nullopt;
    };
    const auto late = [this, clients = step.clients] {
        QStringList missing;
        for (const QString &name : clients) {
            if (!participant(name).player->isOnline())
                missing.append(name + reasonOf(participant(name)));
        }
        return Outcome{false, tr("not online: %1").arg(missing.join(QLatin1String(", "))), 0};
    };
    return {look, late};
}

StepUnderWay StepRunner::on(const Refused &step)
{
    Participant &who = participant(step.client);
    if (who.player->isOnline())
        return StepUnderWay::failed(tr("%1 is online already").arg(step.client));
    const size_t from = who.seen.size();
    who.player->setAccount(who.odd.value_or(m_participants.account(who)));
    if (!who.player->connectToServer())
        return StepUnderWay::failed(who.player->reason());
    const auto look = [this, &who, from, step]() -> std::optional<Outcome> {
        if (who.player->isOnline())
            return Outcome{false,
                tr("%1 should have been refused with %2 and was let in")
                    .arg(step.client)
                    .arg(step.status),
                who.seen.size() > from ? who.seen[from] : 0};
        for (size_t i = from; i < who.seen.size(); ++i) {
            const Frame *frame = m_participants.frame(who.seen[i]);
            if (!frame || frame->kind != Kind::Ended)
                continue;
            who.next = i + 1;
            who.player->disconnectFromServer();
            if (frame->code.toInt() == step.status)
                return Outcome{true, {}, frame->number};
            return Outcome{false,
                tr("should have been refused with %1, and ended with %2: %3")
                    .arg(step.status)
                    .arg(QString::fromLatin1(frame->code), QString::fromUtf8(frame->payload)),
                frame->number};
        }
        return {};
    };
    return {look, [] { return Outcome{false, tr("nothing was answered"), 0}; }};
}

StepUnderWay StepRunner::on(const Disconnect &step)
{
    for (const QString &name : step.clients)
        participant(name).player->disconnectFromServer();
    const auto look = [this, clients = step.clients]() -> std::optional<Outcome> {
        const bool all = std::ranges::all_of(clients, [this](const QString &name) {
            return participant(name).player->state() == State::Offline;
        });
        return all ? std::optional(Outcome()) : std::nullopt;
    };
    return {look, [] { return Outcome{false, tr("still connected"), 0}; }};
}

StepUnderWay StepRunner::on(const Habit &step)
{
    play::Player &player = *participant(step.client).player;
    if (step.autoConfirm)
        player.setAutoConfirm(*step.autoConfirm);
    if (step.heartbeat)
        player.setHeartbeat(*step.heartbeat);
    if (step.confirms) {
        using Confirms = Habit::Confirms;
        const auto habit = *step.confirms == Confirms::Dropped ? play::ConfirmHabit::Dropped
            : *step.confirms == Confirms::Delayed              ? play::ConfirmHabit::Delayed
            : *step.confirms == Confirms::Doubled              ? play::ConfirmHabit::Doubled
                                                               : play::ConfirmHabit::Proper;
        player.setConfirmHabit(habit, step.delay);
    }
    if (step.reading) {
        if (!player.isOnline())
            return StepUnderWay::failed(tr("%1 is not connected").arg(step.client));
        player.setReading(*step.reading);
    }
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Fault &step)
{
    play::Player &player = *participant(step.client).player;
    if (!player.isOnline())
        return StepUnderWay::failed(tr("%1 is not connected").arg(step.client));
    switch (step.what) {
    case Fault::What::Abort:
        player.abortConnection();
        return {[&player]() -> std::optional<Outcome> {
                    return player.isOnline() ? std::nullopt : std::optional(Outcome());
                },
            [] {
                return Outcome{false, tr("still connected"), 0};
            }};
    case Fault::What::Again:
        if (!player.sendAgain())
            return StepUnderWay::failed(tr("%1 has sent nothing yet").arg(step.client));
        break;
    case Fault::What::Flood:
        for (int i = 0; i < step.count; ++i) {
            if (!player.sendRaw("{\"cmd\":\"HEARTBEAT\"}"))
                return StepUnderWay::failed(tr("the connection ended"));
        }
        break;
    }
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Session &step)
{
    Participant &who = participant(step.client);
    play::Account odd = m_participants.account(who);
    odd.way = play::Account::Way::Session;
    const Time now = SystemClock().now();
    switch (step.what) {
    case Session::What::Right:
        who.odd.reset();
        return StepUnderWay::done();
    case Session::What::Wrong:
        odd.session = QByteArray(32, '0');
        break;
    case Session::What::Expired:
        odd.session = client::mintTimeSession(m_target.secretKey, who.user.id, now - 24h);
        break;
    case Session::What::OfUser:
        odd.session =
            client::mintTimeSession(m_target.secretKey, m_target.users.value(step.user).id, now);
        break;
    case Session::What::Given: {
        const auto given = m_values.resolve(step.session);
        if (!given)
            return StepUnderWay::failed(given.failure().text);
        odd.session = given->toString().toUtf8();
        break;
    }
    }
    who.odd = odd;
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Closed &step)
{
    Participant &who = participant(step.client);
    const auto look = [this, &who, step]() -> std::optional<Outcome> {
        for (size_t i = who.next; i < who.seen.size(); ++i) {
            const Frame *frame = m_participants.frame(who.seen[i]);
            if (!frame || frame->kind != Kind::Ended)
                continue;
            who.next = i + 1;
            if (frame->code.toInt() == step.code)
                return Outcome{true, {}, frame->number};
            return Outcome{false,
                tr("%1 should have been closed with %2, and was with %3: %4")
                    .arg(step.client)
                    .arg(step.code)
                    .arg(QString::fromLatin1(frame->code), QString::fromUtf8(frame->payload)),
                frame->number};
        }
        return {};
    };
    const auto late = [this, &who] {
        return Outcome{
            false, tr("the connection did not end; %1").arg(seenSince(who, who.next)), 0};
    };
    return {look, late};
}

StepUnderWay StepRunner::on(const Pause &step)
{
    QElapsedTimer since;
    since.start();
    const auto look = [since, time = step.time]() -> std::optional<Outcome> {
        return milliseconds(since.elapsed()) >= time ? std::optional(Outcome()) : std::nullopt;
    };
    return {look, {}, step.time, step.time};
}

StepUnderWay StepRunner::on(const Server &step)
{
    ServerProcess *process = m_target.process;
    if (!process)
        return StepUnderWay::failed(tr("this server is not ours to stop or start"));
    const bool down = step.what != Server::What::Start;
    const bool up = step.what == Server::What::Start || step.what == Server::What::Restart;
    if (down && !process->isReady())
        return StepUnderWay::failed(tr("the server does not run"));
    if (!down && process->isReady())
        return StepUnderWay::failed(tr("the server runs already"));
    if (down)
        step.what == Server::What::Stop ? process->stop() : process->kill();
    else
        process->start();
    connect(process, &ServerProcess::ended, this, &StepRunner::happened, Qt::UniqueConnection);
    connect(process, &ServerProcess::ready, this, &StepRunner::happened, Qt::UniqueConnection);
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
    const auto late = [] { return Outcome{false, tr("the server hangs"), 0}; };
    return {look, late, {}, ServerPatience};
}

} // namespace parley::scenario
