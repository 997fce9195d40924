// SPDX-License-Identifier: MIT
// What is about frames: sent, expected, fetched and confirmed.
#include "scenario/run/steprunner.h"

#include "scenario/format/match.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace parley::scenario {

using frames::Frame;
using frames::Kind;

namespace {

constexpr int MostNamed = 8; // frames that a failure lists
constexpr qint64 MostRawBytes = 64 << 20; // of one step: nothing else happens meanwhile

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString offline(const QString &client)
{
    return StepRunner::tr("%1 is not connected").arg(client);
}

QString nameOf(const Frame &frame)
{
    if (frame.kind == Kind::Ended)
        return StepRunner::tr("the end %1").arg(QString::fromLatin1(frame.code));
    QString text =
        frame.cmd.isEmpty() ? StepRunner::tr("no command") : QString::fromUtf8(frame.cmd.left(40));
    if (!frame.code.isEmpty())
        text += u' ' + QString::fromUtf8(frame.code.left(40));
    if (frame.seq > Seq())
        text += StepRunner::tr(" #%1").arg(frame.seq.value());
    return text;
}

} // namespace

QJsonObject StepRunner::json(qint64 number) const
{
    const Frame *frame = m_participants.frame(number);
    return frame ? QJsonDocument::fromJson(frame->payload).object() : QJsonObject();
}

QString StepRunner::seenSince(const Participant &who, size_t from) const
{
    QStringList names;
    for (size_t i = from; i < who.seen.size(); ++i) {
        const Frame *frame = m_participants.frame(who.seen[i]);
        if (frame && frame->cmd != "HEARTBEAT")
            names.append(nameOf(*frame));
    }
    if (names.isEmpty())
        return tr("nothing came");
    const qsizetype left = names.size() - MostNamed;
    names = names.mid(0, MostNamed);
    if (left > 0)
        names.append(tr("%1 more").arg(left));
    return tr("what came: %1").arg(names.join(QLatin1String(", ")));
}

Result<UserId> StepRunner::userId(const QJsonValue &value) const
{
    if (value.isString() && !value.toString().startsWith(u'$'))
        return m_target.users.value(value.toString()).id;
    const auto resolved = m_values.resolve(value);
    if (!resolved)
        return resolved.failure();
    return UserId(resolved->toInteger());
}

Result<Seq> StepRunner::seq(const QJsonValue &value) const
{
    const auto resolved = m_values.resolve(value);
    if (!resolved)
        return resolved.failure();
    if (!resolved->isDouble())
        return Failure{tr("%1 is no seq").arg(words(*resolved))};
    return Seq(resolved->toInteger());
}

StepUnderWay StepRunner::on(const Send &step)
{
    Participant &who = participant(step.from);
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
                tr("%1 cannot send: it never connected, or too much waits already").arg(step.from));
        who.unanswered.insert(id);
        m_participants.sends(*to)[who.user.id].push_back(id);
        sent.insert(QStringLiteral("clientId"), QString::fromUtf8(id));
        sent.insert(QStringLiteral("body"), *body);
    }
    if (!step.as.isEmpty())
        m_values.set(step.as, sent);
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Raw &step)
{
    Participant &who = participant(step.client);
    for (int n = 1; n <= step.count; ++n) {
        m_values.set(QStringLiteral("n"), n);
        const auto value = m_values.resolve(step.frame);
        if (!value)
            return StepUnderWay::failed(value.failure().text);
        QByteArray text =
            value->isObject() ? compact(value->toObject()) : value->toString().toUtf8();
        text = text.leftJustified(step.size, ' ');
        if (qint64(text.size()) * step.count > MostRawBytes)
            return StepUnderWay::failed(tr("more than 64 MiB at once"));
        if (!who.player->sendRaw(text))
            return StepUnderWay::failed(offline(step.client));
    }
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Binary &step)
{
    return participant(step.client).player->sendBinary(step.bytes)
        ? StepUnderWay::done()
        : StepUnderWay::failed(offline(step.client));
}

// Reads on where the last expectation of this client stopped, and passes over what was not asked
// for; what comes out of order counts wherever it is, unless it was counted already.
StepUnderWay StepRunner::on(const Expect &step)
{
    Participant &who = participant(step.client);
    const auto resolved = m_values.resolve(step.frame);
    if (!resolved)
        return StepUnderWay::failed(resolved.failure().text);
    const QJsonObject wanted = resolved->toObject();
    if (step.none)
        return expectNone(who, wanted);
    struct Search {
        size_t at;
        int met = 0;
        QString nearest = {};
        qint64 nearestFrame = 0;
    };
    const size_t from = step.anyOrder ? 0 : who.next;
    const auto search = std::make_shared<Search>(Search{from});
    const auto look = [this, &who, step, wanted, search]() -> std::optional<Outcome> {
        for (; search->at < who.seen.size(); ++search->at) {
            const qint64 number = who.seen[search->at];
            const Frame *frame = m_participants.frame(number);
            if (!frame || frame->kind != Kind::Received || who.used.contains(number))
                continue;
            const QJsonObject seen = json(number);
            if (const QString unlike = difference(wanted, seen); !unlike.isEmpty()) {
                if (seen.value(QLatin1String("cmd")) == wanted.value(QLatin1String("cmd"))) {
                    search->nearest = unlike;
                    search->nearestFrame = number;
                }
                continue;
            }
            who.used.insert(number);
            if (!step.anyOrder)
                who.next = search->at + 1;
            if (++search->met < step.count)
                continue;
            ++search->at;
            if (!step.as.isEmpty())
                m_values.set(step.as, seen);
            return Outcome{true, {}, number};
        }
        return {};
    };
    const auto late = [this, &who, step, wanted, search, from] {
        QString text = step.count > 1
            ? tr("%1 of %2 came like %3").arg(search->met).arg(step.count).arg(words(wanted))
            : tr("nothing like %1 came").arg(words(wanted));
        text += search->nearest.isEmpty() ? tr("; ") + seenSince(who, std::max(from, who.next))
                                          : tr("; the nearest: %1").arg(search->nearest);
        return Outcome{false, text, search->nearestFrame};
    };
    return {look, late};
}

// A connection is answered in order: what had to come before is here when the answer to a question
// of now is.
StepUnderWay StepRunner::expectNone(Participant &who, const QJsonObject &wanted)
{
    const QByteArray ref = newRef();
    const bool asks = !m_within
        && who.player->sendRaw("{\"cmd\":\"TRACK\",\"clientId\":\"~\",\"ref\":" + ref + '}');
    const bool waits = m_within.has_value();
    const auto at = std::make_shared<size_t>(who.next);
    const auto look = [this, &who, wanted, ref, asks, waits, at]() -> std::optional<Outcome> {
        for (; *at < who.seen.size(); ++*at) {
            const qint64 number = who.seen[*at];
            const Frame *frame = m_participants.frame(number);
            if (frame && frame->kind == Kind::Received && !who.used.contains(number)
                && difference(wanted, json(number)).isEmpty())
                return Outcome{
                    false, tr("this should not have come: %1").arg(words(json(number))), number};
        }
        if (waits || (asks && who.player->isOnline() && !who.answers.contains(ref)))
            return {};
        return Outcome();
    };
    return {look, [waits] {
                return Outcome{waits, waits ? QString() : tr("no answer at all"), 0};
            }};
}

StepUnderWay StepRunner::await(Participant &who, size_t from,
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
                    tr("the connection ended with %1").arg(QString::fromLatin1(frame->code)),
                    frame->number};
            if (frame->kind == Kind::Received && isMeant(*frame))
                return Outcome{true, {}, frame->number};
        }
        return {};
    };
    const auto late = [this, &who, from, what] {
        return Outcome{false, tr("no %1 came; %2").arg(what, seenSince(who, from)), 0};
    };
    return {look, late};
}

StepUnderWay StepRunner::on(const Fetch &step)
{
    Participant &who = participant(step.client);
    if (!who.player->isOnline())
        return StepUnderWay::failed(offline(step.client));
    const size_t from = who.seen.size();
    if (!step.after && !step.limit) {
        who.player->fetch();
        const auto isLast = [this](const Frame &frame) {
            return frame.cmd == "MESSAGES"
                && !json(frame.number).value(QLatin1String("more")).toBool(true);
        };
        return await(who, from, isLast, tr("last MESSAGES"));
    }
    QJsonObject fetch{{QStringLiteral("cmd"), QStringLiteral("FETCH")}};
    if (step.after)
        fetch.insert(QStringLiteral("after"), *step.after);
    if (step.limit)
        fetch.insert(QStringLiteral("limit"), *step.limit);
    const QString ref = QStringLiteral("page-%1").arg(++m_lastRef);
    fetch.insert(QStringLiteral("ref"), ref);
    who.player->sendRaw(compact(fetch));
    const QByteArray token = '"' + ref.toLatin1() + '"';
    return await(
        who, from, [token](const Frame &frame) { return frame.ref == token; },
        QStringLiteral("MESSAGES"));
}

StepUnderWay StepRunner::on(const Confirm &step)
{
    Participant &who = participant(step.client);
    play::Player &player = *who.player;
    if (!player.isOnline())
        return StepUnderWay::failed(offline(step.client));
    const size_t from = who.seen.size();
    const QString what = QStringLiteral("CONFIRMED");
    if (step.upTo.isDouble() || step.upTo.isString()) {
        const auto upTo = seq(step.upTo);
        if (!upTo)
            return StepUnderWay::failed(upTo.failure().text);
        const QByteArray ref = "\"upto-" + QByteArray::number(++m_lastRef) + '"';
        player.sendRaw("{\"cmd\":\"CONFIRM\",\"upTo\":" + QByteArray::number(upTo->value())
            + ",\"ref\":" + ref + '}');
        return await(
            who, from, [ref](const Frame &frame) { return frame.ref == ref; }, what);
    }
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
    return await(who, from, isAnswer, what);
}

} // namespace parley::scenario
