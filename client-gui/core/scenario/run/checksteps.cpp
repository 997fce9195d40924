// SPDX-License-Identifier: MIT
#include "scenario/run/checksteps.h"

#include "scenario/format/match.h"

#include <QElapsedTimer>
#include <QJsonArray>

using namespace std::chrono_literals;

namespace parley::scenario {

using frames::Frame;
using frames::Kind;

namespace {

constexpr auto AskAgain = 100ms; // for presence

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
                StepText::tr("after #%1 came #%2").arg(last.value()).arg(message.seq.value()),
                message.frame};
        last = message.seq;
        const size_t place = places[message.sender].value(message.clientId, 0);
        if (place != 0 && place < lastPlace[message.sender])
            return {false,
                StepText::tr("#%1 was sent before the message that came before it")
                    .arg(message.seq.value()),
                message.frame};
        if (place != 0)
            lastPlace[message.sender] = place;
    }
    return {};
}

} // namespace

CheckSteps::CheckSteps(Participants &participants, const Target &target, Values &values,
    const std::vector<FinalCheck> &finalChecks)
    : m_participants(participants)
    , m_target(target)
    , m_values(values)
    , m_finalChecks(finalChecks)
{
}

// Reads on where the last expectation of this client stopped, and passes over what was not asked
// for; what comes out of order counts wherever it is, unless it was counted already.
StepUnderWay CheckSteps::begin(const Expect &step, std::optional<milliseconds> within)
{
    Participant &who = m_participants.at(step.client);
    const auto resolved = m_values.resolve(step.frame);
    if (!resolved)
        return StepUnderWay::failed(resolved.failure().text);
    const QJsonObject wanted = resolved->toObject();
    if (step.none)
        return expectNone(who, wanted, within);
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
            const QJsonObject seen = m_participants.json(number);
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
        QString text = step.count > 1 ? StepText::tr("only %1 of %2 frames like %3 came")
                                            .arg(search->met)
                                            .arg(step.count)
                                            .arg(words(wanted))
                                      : StepText::tr("no frame like %1 came").arg(words(wanted));
        text += search->nearest.isEmpty()
            ? StepText::tr("; ") + m_participants.seenSince(who, std::max(from, who.next))
            : StepText::tr("; the nearest: %1").arg(search->nearest);
        return Outcome{false, text, search->nearestFrame};
    };
    return {look, late};
}

// A connection is answered in order: what had to come before is here when the answer to a question
// of now is.
StepUnderWay CheckSteps::expectNone(
    Participant &who, const QJsonObject &wanted, std::optional<milliseconds> within)
{
    const bool waits = within.has_value();
    const QByteArray ref =
        waits ? QByteArray() : m_participants.ask(who, R"("cmd":"TRACK","clientId":"~")");
    const auto at = std::make_shared<size_t>(who.next);
    const auto look = [this, &who, wanted, ref, waits, at]() -> std::optional<Outcome> {
        for (; *at < who.seen.size(); ++*at) {
            const qint64 number = who.seen[*at];
            const Frame *frame = m_participants.frame(number);
            if (frame && frame->kind == Kind::Received && !who.used.contains(number)
                && difference(wanted, m_participants.json(number)).isEmpty())
                return Outcome{false,
                    StepText::tr("this should not have come: %1")
                        .arg(words(m_participants.json(number))),
                    number};
        }
        if (waits || (!ref.isNull() && who.player->isOnline() && !who.answers.contains(ref)))
            return {};
        return Outcome();
    };
    return {look, [waits] {
                return Outcome{waits, waits ? QString() : StepText::tr("no answer at all"), 0};
            }};
}

StepUnderWay CheckSteps::begin(const Presence &step)
{
    Participant &who = m_participants.at(step.client);
    if (!who.player->isOnline())
        return StepUnderWay::notConnected(step.client);
    struct Asking {
        QByteArray ref;
        QElapsedTimer since = {};
        qint64 frame = 0;
    };
    const auto asking = std::make_shared<Asking>();
    const qint64 id = m_target.users.value(step.user).id.value();
    const auto ask = [this, &who, asking, id] {
        asking->since.start();
        asking->ref =
            m_participants.ask(who, R"("cmd":"STATUS","userIds":[)" + QByteArray::number(id) + ']');
    };
    ask();
    const auto look = [this, &who, asking, ask, step]() -> std::optional<Outcome> {
        const auto answer = who.answers.constFind(asking->ref);
        if (answer == who.answers.cend())
            return {};
        asking->frame = *answer;
        const QJsonValue user = m_participants.json(*answer).value(QLatin1String("users"))[0];
        if (user[QLatin1String("online")].toBool() == step.online)
            return Outcome{true, {}, *answer};
        if (asking->since.elapsed() >= milliseconds(AskAgain).count())
            ask();
        return {};
    };
    const auto late = [asking, step] {
        return Outcome{false,
            StepText::tr("%1 is still %2")
                .arg(step.user, step.online ? QStringLiteral("offline") : QStringLiteral("online")),
            asking->frame};
    };
    return {look, late, AskAgain};
}

StepUnderWay CheckSteps::begin(const WaitUntil &step)
{
    using What = WaitUntil::What;
    Participant &who = m_participants.at(step.client);
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
            text = StepText::tr("%1 is not %2 %3")
                       .arg(step.client,
                           step.what == What::Online ? QStringLiteral("online")
                                                     : QStringLiteral("offline"),
                           who.player->reason());
        else if (step.what == What::Stored)
            text = StepText::tr("%1 of what %2 sent was not answered")
                       .arg(who.unanswered.size())
                       .arg(step.client);
        else
            text = StepText::tr("should be %1 and is %2").arg(step.count).arg(number());
        return Outcome{false, text.trimmed(), 0};
    };
    return {look, late};
}

Outcome CheckSteps::askFinalChecks() const
{
    for (const FinalCheck &finalCheck : m_finalChecks) {
        if (const Outcome outcome = finalCheck.verdict(); !outcome.passed)
            return outcome;
    }
    return {};
}

// The mailbox of each user, page by page, through one of their connections.
StepUnderWay CheckSteps::begin(const Audit &)
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
        reading.ref = m_participants.ask(*reading.who,
            R"("cmd":"FETCH","after":)" + QByteArray::number(after) + R"(,"limit":500)");
    };
    for (Reading &reading : *left)
        ask(reading, 0);
    const auto look = [this, left, ask]() -> std::optional<Outcome> {
        for (auto reading = left->begin(); reading != left->end();) {
            const qint64 answer = reading->who->answers.value(reading->ref, 0);
            const QJsonObject page = answer == 0 ? QJsonObject() : m_participants.json(answer);
            const QJsonArray messages = page.value(QLatin1String("messages")).toArray();
            if (answer != 0 && page.value(QLatin1String("cmd")) != QLatin1String("MESSAGES"))
                return Outcome{false, StepText::tr("the mailbox could not be read"), answer};
            if (answer != 0 && !page.value(QLatin1String("more")).toBool()) {
                reading = left->erase(reading);
                continue;
            }
            if (answer != 0)
                ask(*reading, messages.last()[QLatin1String("seq")].toInteger());
            ++reading;
        }
        return left->empty() ? std::optional(askFinalChecks()) : std::nullopt;
    };
    const auto late = [] {
        return Outcome{false, StepText::tr("a mailbox was not read to its end"), 0};
    };
    return {look, late};
}

StepUnderWay CheckSteps::begin(const Check &step)
{
    Participant &who = m_participants.at(step.client);
    const std::vector<Received> &messages = who.received;
    if (step.received && qsizetype(messages.size()) != *step.received)
        return StepUnderWay::failed(StepText::tr("%1 should have received %2 messages and has %3")
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
            return StepUnderWay::failed(StepText::tr("#%1 was accepted, and %2 never received it")
                                            .arg(seq.value())
                                            .arg(step.client));
    }
    return StepUnderWay::done();
}

} // namespace parley::scenario
