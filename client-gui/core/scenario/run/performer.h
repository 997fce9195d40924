// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/cast.h"

#include <QNetworkAccessManager>

namespace parley::scenario {

// A step that has begun.
struct Doing {
    // Asked whenever something happened; nullopt: not yet. Null: it is done already.
    std::function<std::optional<Outcome>()> look;
    // Time is up.
    std::function<Outcome()> late = {};
    milliseconds poll = {}; // asked at this interval, too; 0: not
    milliseconds more = {}; // that it takes beside what it may wait

    static Doing done(Outcome outcome = {})
    {
        return {[outcome] { return std::optional(outcome); }};
    }
    static Doing failed(const QString &text, qint64 frame = 0)
    {
        return done({false, text, frame});
    }
};

// Does what steps say, on the players of a stage. UI thread; nothing blocks.
class Performer : public QObject {
    Q_OBJECT

public:
    Performer(play::Stage &, Cast &, const Venue &, std::vector<Witness> &, QObject *parent);

    Doing begin(const Step &);

Q_SIGNALS:
    void happened(); // of what is not on the stage

private:
    friend struct Visit;
    Doing on(const Connect &);
    Doing on(const Refused &);
    Doing on(const Disconnect &);
    Doing on(const Send &);
    Doing on(const Raw &);
    Doing on(const Binary &);
    Doing on(const Expect &);
    Doing on(const Fetch &);
    Doing on(const Confirm &);
    Doing on(const Watch &);
    Doing on(const Presence &);
    Doing on(const Habit &);
    Doing on(const Fault &);
    Doing on(const Session &);
    Doing on(const Closed &);
    Doing on(const WaitUntil &);
    Doing on(const Pause &);
    Doing on(const Server &);
    Doing on(const Audit &);
    Doing on(const Check &);
    Doing on(const Http &);

    Doing expectNone(Actor &, const QJsonObject &frame);
    // Waits for a frame of this kind among those since `from`.
    Doing await(
        Actor &, size_t from, std::function<bool(const frames::Frame &)>, const QString &what);
    Result<UserId> userId(const QJsonValue &) const;
    Result<Seq> seq(const QJsonValue &) const;
    Actor &actor(const QString &client) { return *m_cast.find(client); }
    // A ref for a question of the engine's own, which nothing that is expected can mean.
    QByteArray newRef() { return "\"~" + QByteArray::number(++m_lastRef) + '"'; }
    QJsonObject json(qint64 frame) const;
    QString seenSince(const Actor &, size_t from) const;
    Outcome askWitnesses() const;

    play::Stage &m_stage;
    Cast &m_cast;
    const Venue m_venue;
    std::vector<Witness> &m_witnesses;
    Values m_values;
    QNetworkAccessManager m_network;
    std::optional<milliseconds> m_within; // of the step at hand, if it says so
    quint64 m_lastRef = 0;
};

} // namespace parley::scenario
