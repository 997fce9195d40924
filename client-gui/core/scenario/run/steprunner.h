// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/participants.h"

#include <QNetworkAccessManager>

namespace parley::scenario {

// A step that has begun.
struct StepUnderWay {
    // Asked whenever something happened; nullopt: not yet. Null: it is done already.
    std::function<std::optional<Outcome>()> look;
    // Time is up.
    std::function<Outcome()> late = {};
    milliseconds poll = {}; // asked at this interval, too; 0: not
    milliseconds more = {}; // that it takes beside what it may wait

    static StepUnderWay done(Outcome outcome = {})
    {
        return {[outcome] { return std::optional(outcome); }};
    }
    static StepUnderWay failed(const QString &text, qint64 frame = 0)
    {
        return done({false, text, frame});
    }
};

// Does what steps say, on the players of a stage. UI thread; nothing blocks.
class StepRunner : public QObject {
    Q_OBJECT

public:
    StepRunner(
        play::Stage &, Participants &, const Target &, std::vector<FinalCheck> &, QObject *parent);

    StepUnderWay begin(const Step &);

Q_SIGNALS:
    void happened(); // of what is not on the stage

private:
    friend struct Visit;
    StepUnderWay on(const Connect &);
    StepUnderWay on(const Refused &);
    StepUnderWay on(const Disconnect &);
    StepUnderWay on(const Send &);
    StepUnderWay on(const Raw &);
    StepUnderWay on(const Binary &);
    StepUnderWay on(const Expect &);
    StepUnderWay on(const Fetch &);
    StepUnderWay on(const Confirm &);
    StepUnderWay on(const Watch &);
    StepUnderWay on(const Presence &);
    StepUnderWay on(const Habit &);
    StepUnderWay on(const Fault &);
    StepUnderWay on(const Session &);
    StepUnderWay on(const Closed &);
    StepUnderWay on(const WaitUntil &);
    StepUnderWay on(const Pause &);
    StepUnderWay on(const Server &);
    StepUnderWay on(const Audit &);
    StepUnderWay on(const Check &);
    StepUnderWay on(const Http &);

    StepUnderWay expectNone(Participant &, const QJsonObject &frame);
    // Waits for a frame of this kind among those since `from`.
    StepUnderWay await(Participant &, size_t from, std::function<bool(const frames::Frame &)>,
        const QString &what);
    Result<UserId> userId(const QJsonValue &) const;
    Result<Seq> seq(const QJsonValue &) const;
    Participant &participant(const QString &client) { return *m_participants.find(client); }
    // A ref for a question of the engine's own, which nothing that is expected can mean.
    QByteArray newRef() { return "\"~" + QByteArray::number(++m_lastRef) + '"'; }
    QJsonObject json(qint64 frame) const;
    QString seenSince(const Participant &, size_t from) const;
    Outcome askWitnesses() const;

    play::Stage &m_stage;
    Participants &m_participants;
    const Target m_target;
    std::vector<FinalCheck> &m_finalChecks;
    Values m_values;
    QNetworkAccessManager m_network;
    std::optional<milliseconds> m_within; // of the step at hand, if it says so
    quint64 m_lastRef = 0;
};

} // namespace parley::scenario
