// SPDX-License-Identifier: MIT
#include "scenario/run/messagesteps.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace parley::scenario {

using frames::Frame;
using frames::Kind;

namespace {

constexpr qint64 MostRawBytes = 64 << 20; // of one step: nothing else happens meanwhile

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

MessageSteps::MessageSteps(Participants &participants, const Target &target, Values &values)
    : m_participants(participants)
    , m_target(target)
    , m_values(values)
{
}

Result<UserId> MessageSteps::userId(const QJsonValue &value) const
{
    if (value.isString() && !value.toString().startsWith(u'$'))
        return m_target.users.value(value.toString()).id;
    const auto resolved = m_values.resolve(value);
    if (!resolved)
        return resolved.failure();
    return UserId(resolved->toInteger());
}

Result<Seq> MessageSteps::seq(const QJsonValue &value) const
{
    const auto resolved = m_values.resolve(value);
    if (!resolved)
        return resolved.failure();
    if (!resolved->isDouble())
        return Failure{StepText::tr("%1 is not a seq").arg(words(*resolved))};
    return Seq(resolved->toInteger());
}

StepUnderWay MessageSteps::begin(const Send &step)
{
    Participant &who = m_participants.at(step.from);
    const auto to = userId(step.to);
    const auto clientId = m_values.resolveText(step.clientId);
    if (!to || !clientId)
        return StepUnderWay::failed((!to ? to.failure() : clientId.failure()).text);
    QJsonObject sent{{QStringLiteral("receiveUserId"), to->value()}};
    for (int n = 1; n <= step.count; ++n) {
        m_values.set(QStringLiteral("n"), n);
        const auto body = step.size > 0 ? Result<QString>(QString(step.size, u'x'))
                                        : m_values.resolveText(step.body);
        if (!body)
            return StepUnderWay::failed(body.failure().text);
        const QByteArray id = who.player->send(*to, *body, clientId->toUtf8());
        if (id.isNull())
            return StepUnderWay::failed(
                StepText::tr("%1 cannot send: it never connected, or too many messages are waiting")
                    .arg(step.from));
        who.unanswered.insert(id);
        m_participants.sends(*to)[who.user.id].push_back(id);
        sent.insert(QStringLiteral("clientId"), QString::fromUtf8(id));
        sent.insert(QStringLiteral("body"), *body);
    }
    if (!step.as.isEmpty())
        m_values.set(step.as, sent);
    return StepUnderWay::done();
}

StepUnderWay MessageSteps::begin(const Raw &step)
{
    Participant &who = m_participants.at(step.client);
    for (int n = 1; n <= step.count; ++n) {
        m_values.set(QStringLiteral("n"), n);
        const auto value = m_values.resolve(step.frame);
        if (!value)
            return StepUnderWay::failed(value.failure().text);
        QByteArray text =
            value->isObject() ? compact(value->toObject()) : value->toString().toUtf8();
        text = text.leftJustified(step.size, ' ');
        if (qint64(text.size()) * step.count > MostRawBytes)
            return StepUnderWay::failed(StepText::tr("more than 64 MiB at once"));
        if (!who.player->sendRaw(text))
            return StepUnderWay::notConnected(step.client);
    }
    return StepUnderWay::done();
}

StepUnderWay MessageSteps::begin(const Binary &step)
{
    return m_participants.at(step.client).player->sendBinary(step.bytes)
        ? StepUnderWay::done()
        : StepUnderWay::notConnected(step.client);
}

StepUnderWay MessageSteps::await(Participant &who, size_t from,
    std::function<bool(const frames::Frame &)> isMeant, const QString &what)
{
    const auto at = std::make_shared<size_t>(from);
    const auto look = [this, &who, at, isMeant = std::move(isMeant)]() -> std::optional<Outcome> {
        for (; *at < who.seen.size(); ++*at) {
            const Frame *frame = m_participants.frame(who.seen[*at]);
            if (!frame)
                continue;
            if (frame->kind == Kind::Ended)
                return Outcome{false,
                    StepText::tr("the connection ended with %1")
                        .arg(QString::fromLatin1(frame->code)),
                    frame->number};
            if (frame->kind == Kind::Received && isMeant(*frame))
                return Outcome{true, {}, frame->number};
        }
        return {};
    };
    const auto late = [this, &who, from, what] {
        return Outcome{false,
            StepText::tr("no %1 came; %2").arg(what, m_participants.seenSince(who, from)), 0};
    };
    return {look, late};
}

StepUnderWay MessageSteps::awaitAnswer(
    Participant &who, size_t from, const QByteArray &ref, const QString &what)
{
    return await(
        who, from, [ref](const Frame &frame) { return frame.ref == ref; }, what);
}

StepUnderWay MessageSteps::begin(const Fetch &step)
{
    Participant &who = m_participants.at(step.client);
    if (!who.player->isOnline())
        return StepUnderWay::notConnected(step.client);
    const size_t from = who.seen.size();
    if (!step.after && !step.limit) {
        who.player->fetch();
        const auto isLast = [this](const Frame &frame) {
            return frame.cmd == "MESSAGES"
                && !m_participants.json(frame.number).value(QLatin1String("more")).toBool(true);
        };
        return await(who, from, isLast, StepText::tr("last MESSAGES"));
    }
    QJsonObject fetch{{QStringLiteral("cmd"), QStringLiteral("FETCH")}};
    if (step.after)
        fetch.insert(QStringLiteral("after"), *step.after);
    if (step.limit)
        fetch.insert(QStringLiteral("limit"), *step.limit);
    const QByteArray ref = "page-" + QByteArray::number(++m_lastRef);
    fetch.insert(QStringLiteral("ref"), QString::fromLatin1(ref));
    who.player->sendRaw(compact(fetch));
    return awaitAnswer(who, from, '"' + ref + '"', QStringLiteral("MESSAGES"));
}

StepUnderWay MessageSteps::confirmUpTo(Participant &who, const QJsonValue &named)
{
    const auto upTo = seq(named);
    if (!upTo)
        return StepUnderWay::failed(upTo.failure().text);
    const size_t from = who.seen.size();
    const QByteArray ref = "\"upto-" + QByteArray::number(++m_lastRef) + '"';
    who.player->sendRaw("{\"cmd\":\"CONFIRM\",\"upTo\":" + QByteArray::number(upTo->value())
        + ",\"ref\":" + ref + '}');
    return awaitAnswer(who, from, ref, QStringLiteral("CONFIRMED"));
}

StepUnderWay MessageSteps::begin(const Confirm &step)
{
    Participant &who = m_participants.at(step.client);
    play::Player &player = *who.player;
    if (!player.isOnline())
        return StepUnderWay::notConnected(step.client);
    const size_t from = who.seen.size();
    if (step.upTo.isDouble() || step.upTo.isString())
        return confirmUpTo(who, step.upTo);
    std::vector<Seq> seqs;
    const QJsonArray named = step.seqs.isArray() ? step.seqs.toArray() : QJsonArray{step.seqs};
    for (const QJsonValue value : step.all ? QJsonArray() : named) {
        const auto number = seq(value);
        if (!number)
            return StepUnderWay::failed(number.failure().text);
        seqs.push_back(*number);
    }
    if (step.all && player.conversation().unconfirmed().empty())
        return StepUnderWay::done();
    step.all ? player.confirmAll() : player.confirm(seqs);
    // Nobody answers what is not sent, or not yet.
    if (player.confirmHabit() == play::ConfirmHabit::Dropped
        || player.confirmHabit() == play::ConfirmHabit::Delayed)
        return StepUnderWay::done();
    const bool all = step.all;
    const auto isAnswer = [&player, all](const Frame &frame) {
        return frame.cmd == "CONFIRMED" && (!all || player.conversation().unconfirmed().empty());
    };
    return await(who, from, isAnswer, QStringLiteral("CONFIRMED"));
}

} // namespace parley::scenario
