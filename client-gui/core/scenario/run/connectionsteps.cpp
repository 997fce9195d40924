// SPDX-License-Identifier: MIT
#include "scenario/run/connectionsteps.h"

using namespace std::chrono_literals;

namespace parley::scenario {

using client::State;
using frames::Frame;
using frames::Kind;

namespace {

QString reasonOf(const Participant &participant)
{
    const QString reason = participant.player->reason();
    return reason.isEmpty() ? QString() : StepText::tr(" (%1)").arg(reason);
}

} // namespace

ConnectionSteps::ConnectionSteps(
    Participants &participants, const Target &target, const Values &values)
    : m_participants(participants)
    , m_target(target)
    , m_values(values)
{
}

bool ConnectionSteps::connectToServer(Participant &who)
{
    who.player->setAccount(who.odd.value_or(m_participants.account(who)));
    return who.player->connectToServer();
}

StepUnderWay ConnectionSteps::begin(const Connect &step)
{
    for (const QString &name : step.clients) {
        Participant &who = m_participants.at(name);
        if (!connectToServer(who))
            return StepUnderWay::failed(who.player->reason());
    }
    const auto look = [this, clients = step.clients]() -> std::optional<Outcome> {
        bool all = true;
        for (const QString &name : clients) {
            const Participant &who = m_participants.at(name);
            if (who.player->state() == State::Refused)
                return Outcome{false, StepText::tr("%1 was refused%2").arg(name, reasonOf(who)), 0};
            all = all && who.player->isOnline();
        }
        return all ? std::optional(Outcome()) : std::nullopt;
    };
    const auto late = [this, clients = step.clients] {
        QStringList missing;
        for (const QString &name : clients) {
            if (!m_participants.at(name).player->isOnline())
                missing.append(name + reasonOf(m_participants.at(name)));
        }
        return Outcome{
            false, StepText::tr("not online: %1").arg(missing.join(QLatin1String(", "))), 0};
    };
    return {look, late};
}

StepUnderWay ConnectionSteps::begin(const Refused &step)
{
    Participant &who = m_participants.at(step.client);
    if (who.player->isOnline())
        return StepUnderWay::failed(StepText::tr("%1 is online already").arg(step.client));
    const size_t from = who.seen.size();
    if (!connectToServer(who))
        return StepUnderWay::failed(who.player->reason());
    const auto look = [this, &who, from, step]() -> std::optional<Outcome> {
        if (who.player->isOnline())
            return Outcome{false,
                StepText::tr("%1 should have been refused with %2 and was let in")
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
                StepText::tr("should have been refused with %1, and ended with %2: %3")
                    .arg(step.status)
                    .arg(QString::fromLatin1(frame->code), QString::fromUtf8(frame->payload)),
                frame->number};
        }
        return {};
    };
    return {look, [] { return Outcome{false, StepText::tr("nothing was answered"), 0}; }};
}

StepUnderWay ConnectionSteps::begin(const Disconnect &step)
{
    for (const QString &name : step.clients)
        m_participants.at(name).player->disconnectFromServer();
    const auto look = [this, clients = step.clients]() -> std::optional<Outcome> {
        const bool all = std::ranges::all_of(clients, [this](const QString &name) {
            return m_participants.at(name).player->state() == State::Offline;
        });
        return all ? std::optional(Outcome()) : std::nullopt;
    };
    return {look, [] { return Outcome{false, StepText::tr("still connected"), 0}; }};
}

StepUnderWay ConnectionSteps::begin(const Closed &step)
{
    Participant &who = m_participants.at(step.client);
    const auto look = [this, &who, step]() -> std::optional<Outcome> {
        for (size_t i = who.next; i < who.seen.size(); ++i) {
            const Frame *frame = m_participants.frame(who.seen[i]);
            if (!frame || frame->kind != Kind::Ended)
                continue;
            who.next = i + 1;
            if (frame->code.toInt() == step.code)
                return Outcome{true, {}, frame->number};
            return Outcome{false,
                StepText::tr("%1 should have been closed with %2, and was with %3: %4")
                    .arg(step.client)
                    .arg(step.code)
                    .arg(QString::fromLatin1(frame->code), QString::fromUtf8(frame->payload)),
                frame->number};
        }
        return {};
    };
    const auto late = [this, &who] {
        return Outcome{false,
            StepText::tr("the connection did not end; %1")
                .arg(m_participants.seenSince(who, who.next)),
            0};
    };
    return {look, late};
}

StepUnderWay ConnectionSteps::begin(const Session &step)
{
    Participant &who = m_participants.at(step.client);
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

StepUnderWay ConnectionSteps::begin(const Habit &step)
{
    play::Player &player = *m_participants.at(step.client).player;
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
            return StepUnderWay::notConnected(step.client);
        player.setReading(*step.reading);
    }
    return StepUnderWay::done();
}

StepUnderWay ConnectionSteps::begin(const Fault &step)
{
    play::Player &player = *m_participants.at(step.client).player;
    if (!player.isOnline())
        return StepUnderWay::notConnected(step.client);
    switch (step.what) {
    case Fault::What::Abort:
        player.abortConnection();
        return {[&player]() -> std::optional<Outcome> {
                    return player.isOnline() ? std::nullopt : std::optional(Outcome());
                },
            [] {
                return Outcome{false, StepText::tr("still connected"), 0};
            }};
    case Fault::What::Again:
        if (!player.sendAgain())
            return StepUnderWay::failed(StepText::tr("%1 has sent nothing yet").arg(step.client));
        break;
    case Fault::What::Flood:
        for (int i = 0; i < step.count; ++i) {
            if (!player.sendRaw("{\"cmd\":\"HEARTBEAT\"}"))
                return StepUnderWay::failed(StepText::tr("the connection ended"));
        }
        break;
    }
    return StepUnderWay::done();
}

StepUnderWay ConnectionSteps::begin(const Watch &step)
{
    const auto it = m_target.users.constFind(step.user);
    m_participants.at(step.client).player->watch(it == m_target.users.cend() ? UserId() : it->id);
    return StepUnderWay::done();
}

} // namespace parley::scenario
