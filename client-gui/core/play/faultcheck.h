// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "frames/frame.h"

#include <QObject>
#include <QTimer>

namespace parley::play {

class Player;
class Players;

// One misbehaviour of one player, done once, and whether the server answers it as the protocol
// says. Always comes to an end, in bounded time, and then leaves the player's habits as they were.
// UI thread.
class FaultCheck : public QObject {
    Q_OBJECT

public:
    struct Patience {
        milliseconds answer{10'000}; // for whatever should happen at once
        milliseconds lateness{6'000}; // over the heartbeat's timeout
        milliseconds comeBack{45'000}; // of a connection that was cut
        milliseconds slowReader{17'000}; // that the player does not read
        milliseconds confirmDelay{1'500};
    };
    enum class State {
        Running,
        Met, // the server did what it should
        NotMet,
        NotTried, // it could not be done, or was stopped: nothing is known
    };
    struct Outcome {
        State state = State::NotTried;
        QString text; // what happens, or happened, in words
        qint64 frame = 0; // the number of the frame that shows it; 0: none does
    };

    // Both must outlive it.
    FaultCheck(Players &, Player &, const Patience &);
    ~FaultCheck() override;

    // Once. The end may be told at once.
    void start();
    void stop();
    bool isRunning() const { return m_outcome.state == State::Running; }
    const Outcome &outcome() const { return m_outcome; }

Q_SIGNALS:
    // What happens now.
    void progressed(const QString &what);
    // Not to be deleted but by deleteLater() then.
    void finished(const parley::play::FaultCheck::Outcome &);

protected:
    virtual void begin() = 0;
    // A frame of this player, a moment after it happened.
    virtual void take(const frames::Frame &) = 0;
    // Whether this end is what the contract has, though the connection was expected to stay.
    virtual bool maySoEnd(const frames::Frame &) { return false; }
    // Leaves the player as it was; also when it was stopped.
    virtual void undo() { }
    // Whether the player must be connected.
    virtual bool needsConnection() const { return true; }

    Players &players() { return m_players; }
    Player &player() { return m_player; }
    const Patience &patience() const { return m_patience; }

    // Says what happens now; unless something ends it within this time, the server did not do what
    // it should, for this reason.
    void expect(const QString &what, milliseconds within, const QString &otherwise);
    void met(const QString &text, qint64 frame);
    void notMet(const QString &text, qint64 frame = 0);
    void notTried(const QString &text);
    // Met, if the connection still answers.
    void proveAlive(const QString &text, qint64 frame);

    // A clientId, and a ref as a JSON token, that nobody else uses.
    static QByteArray newMark();
    static QByteArray newRef();
    // Of an open connection, rather than of an attempt at one.
    static bool isEnd(const frames::Frame &);

private:
    void see(const frames::Frame &);
    void finish(State, const QString &text, qint64 frame = 0);

    Players &m_players;
    Player &m_player;
    const Patience m_patience;
    Outcome m_outcome;
    QTimer m_timer;
    QString m_otherwise;
    Outcome m_unlessDead; // what is met once the answer to m_aliveRef came
    QByteArray m_aliveRef;
};

} // namespace parley::play
