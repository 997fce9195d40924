// SPDX-License-Identifier: MIT
// What only looks: at presence, at what was received, at whether anything was lost.
#include "scenario/run/steprunner.h"

#include "scenario/format/match.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>

using namespace std::chrono_literals;

namespace parley::scenario {

using frames::Frame;

namespace {

constexpr auto AskAgain = 100ms; // for presence
constexpr qint64 MostHttpBytes = 1 << 20;

Outcome disorder(const std::vector<Received> &messages, const Participants::Sends &sends)
{
    std::map<UserId, QHash<QByteArray, size_t>> places;
    for (const auto &[sender, ids] : sends) {
        for (size_t i = 0; i < ids.size(); ++i)
            places[sender].insert(ids[i], i + 1);
    }
    Seq last;
    std::map<UserId, size_t> lastPlace;
    for (const Received &message : messages) {
        if (last != Seq() && message.seq != last.next())
            return {false,
                StepRunner::tr("after #%1 came #%2").arg(last.value()).arg(message.seq.value()),
                message.frame};
        last = message.seq;
        const size_t place = places[message.sender].value(message.clientId, 0);
        if (place != 0 && place < lastPlace[message.sender])
            return {false,
                StepRunner::tr("#%1 was sent before what came before it").arg(message.seq.value()),
                message.frame};
        if (place != 0)
            lastPlace[message.sender] = place;
    }
    return {};
}

} // namespace

StepUnderWay StepRunner::on(const Watch &step)
{
    const auto it = m_target.users.constFind(step.user);
    participant(step.client).player->watch(it == m_target.users.cend() ? UserId() : it->id);
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Presence &step)
{
    Participant &who = participant(step.client);
    if (!who.player->isOnline())
        return StepUnderWay::failed(tr("%1 is not connected").arg(step.client));
    struct Asking {
        QByteArray ref;
        QElapsedTimer since = {};
        qint64 frame = 0;
    };
    const auto asking = std::make_shared<Asking>();
    const qint64 id = m_target.users.value(step.user).id.value();
    const auto ask = [this, &who, asking, id] {
        asking->ref = newRef();
        asking->since.start();
        who.player->sendRaw("{\"cmd\":\"STATUS\",\"userIds\":[" + QByteArray::number(id)
            + "],\"ref\":" + asking->ref + '}');
    };
    ask();
    const auto look = [this, &who, asking, ask, step]() -> std::optional<Outcome> {
        const auto answer = who.answers.constFind(asking->ref);
        if (answer == who.answers.cend())
            return {};
        asking->frame = *answer;
        const QJsonValue user = json(*answer).value(QLatin1String("users"))[0];
        if (user[QLatin1String("online")].toBool() == step.online)
            return Outcome{true, {}, *answer};
        if (asking->since.elapsed() >= milliseconds(AskAgain).count())
            ask();
        return {};
    };
    const auto late = [asking, step] {
        return Outcome{false,
            tr("%1 is still %2")
                .arg(step.user, step.online ? QStringLiteral("offline") : QStringLiteral("online")),
            asking->frame};
    };
    return {look, late, AskAgain};
}

StepUnderWay StepRunner::on(const WaitUntil &step)
{
    using What = WaitUntil::What;
    Participant &who = participant(step.client);
    const auto number = [&who, what = step.what] {
        return what == What::Unread ? who.player->unread() : qint64(who.received.size());
    };
    const auto look = [&who, step, number]() -> std::optional<Outcome> {
        bool met = false;
        switch (step.what) {
        case What::Online:
            met = who.player->isOnline();
            break;
        case What::Offline:
            met = !who.player->isOnline();
            break;
        case What::Stored:
            met = who.unanswered.isEmpty();
            break;
        case What::Unread:
            met = number() == step.count;
            break;
        case What::Received:
            met = number() >= step.count;
            break;
        }
        return met ? std::optional(Outcome()) : std::nullopt;
    };
    const auto late = [&who, step, number] {
        QString text;
        if (step.what == What::Online || step.what == What::Offline)
            text = tr("%1 is not %2 %3")
                       .arg(step.client,
                           step.what == What::Online ? QStringLiteral("online")
                                                     : QStringLiteral("offline"),
                           who.player->reason());
        else if (step.what == What::Stored)
            text = tr("%1 of what %2 sent was not answered")
                       .arg(who.unanswered.size())
                       .arg(step.client);
        else
            text = tr("should be %1 and is %2").arg(step.count).arg(number());
        return Outcome{false, text.trimmed(), 0};
    };
    return {look, late};
}

Outcome StepRunner::askWitnesses() const
{
    for (const FinalCheck &finalCheck : m_finalChecks) {
        if (const Outcome outcome = finalCheck.verdict(); !outcome.passed)
            return outcome;
    }
    return {};
}

// The mailbox of each user, page by page, through one of their connections.
StepUnderWay StepRunner::on(const Audit &)
{
    struct Reading {
        Participant *who;
        QByteArray ref = {};
    };
    const auto left = std::make_shared<std::vector<Reading>>();
    std::set<UserId> users;
    for (auto &[name, participant] : m_participants.all()) {
        if (participant.player->isOnline() && users.insert(participant.user.id).second)
            left->push_back({&participant});
    }
    const auto ask = [this](Reading &reading, qint64 after) {
        reading.ref = newRef();
        reading.who->player->sendRaw("{\"cmd\":\"FETCH\",\"after\":" + QByteArray::number(after)
            + ",\"limit\":500,\"ref\":" + reading.ref + '}');
    };
    for (Reading &reading : *left)
        ask(reading, 0);
    const auto look = [this, left, ask]() -> std::optional<Outcome> {
        for (auto reading = left->begin(); reading != left->end();) {
            const qint64 answer = reading->who->answers.value(reading->ref, 0);
            const QJsonObject page = answer == 0 ? QJsonObject() : json(answer);
            const QJsonArray messages = page.value(QLatin1String("messages")).toArray();
            if (answer != 0 && page.value(QLatin1String("cmd")) != QLatin1String("MESSAGES"))
                return Outcome{false, tr("the mailbox could not be read"), answer};
            if (answer != 0 && !page.value(QLatin1String("more")).toBool()) {
                reading = left->erase(reading);
                continue;
            }
            if (answer != 0)
                ask(*reading, messages.last()[QLatin1String("seq")].toInteger());
            ++reading;
        }
        return left->empty() ? std::optional(askWitnesses()) : std::nullopt;
    };
    const auto late = [] { return Outcome{false, tr("a mailbox was not read to its end"), 0}; };
    return {look, late};
}

StepUnderWay StepRunner::on(const Check &step)
{
    Participant &who = participant(step.client);
    const std::vector<Received> &messages = who.received;
    if (step.received && qsizetype(messages.size()) != *step.received)
        return StepUnderWay::failed(tr("%1 should have received %2 messages and has %3")
                                        .arg(step.client)
                                        .arg(*step.received)
                                        .arg(messages.size()));
    if (step.order) {
        const Outcome outcome = disorder(messages, m_participants.sends(who.user.id));
        if (!outcome.passed)
            return StepUnderWay::done(outcome);
    }
    if (!step.complete)
        return StepUnderWay::done();
    for (const auto &[seq, clientId] : m_participants.accepted(who.user.id)) {
        if (!who.receivedSeqs.contains(seq))
            return StepUnderWay::failed(
                tr("#%1 was accepted, and %2 never received it").arg(seq.value()).arg(step.client));
    }
    return StepUnderWay::done();
}

StepUnderWay StepRunner::on(const Http &step)
{
    const auto path = m_values.resolveText(step.path);
    const auto bearer = m_values.resolveText(step.bearer);
    const auto body = m_values.resolve(step.json);
    for (const auto *failure : {path ? nullptr : &path.failure(),
             bearer ? nullptr : &bearer.failure(), body ? nullptr : &body.failure()}) {
        if (failure)
            return StepUnderWay::failed(failure->text);
    }
    QUrl url = m_target.server.resolved(QUrl(*path));
    url.setScheme(
        url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    QNetworkRequest request(url);
    request.setTransferTimeout(600'000);
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
    QNetworkReply *reply = m_network.sendCustomRequest(request, step.method.toLatin1(), content);
    connect(reply, &QNetworkReply::finished, this, &StepRunner::happened);
    const auto look = [this, reply, step]() -> std::optional<Outcome> {
        if (!reply->isFinished())
            return {};
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray answer = reply->read(MostHttpBytes);
        if (status != step.status)
            return Outcome{false,
                tr("should have been answered with %1, and was with %2")
                    .arg(step.status)
                    .arg(status),
                0};
        // What an answer holds may be secret, and is not repeated.
        if (!answer.contains(step.contains.toUtf8()))
            return Outcome{false, tr("the answer does not hold \"%1\"").arg(step.contains), 0};
        if (!step.as.isEmpty())
            m_values.set(step.as, QJsonDocument::fromJson(answer).object());
        return Outcome();
    };
    return {look, [] { return Outcome{false, tr("no answer"), 0}; }};
}

} // namespace parley::scenario
