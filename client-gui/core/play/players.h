// SPDX-License-Identifier: MIT
#pragma once

#include "play/player.h"
#include "protocol/trace.h"

#include <memory>

namespace parley::play {

// All players and what they see of each other: what one is given, another had sent. UI thread.
class Players : public QObject {
    Q_OBJECT

public:
    static constexpr int MostPlayers = 12;

    explicit Players(QObject *parent = nullptr);
    ~Players() override;

    frames::FrameLog &log() { return m_log; }
    // "ClientA", "ClientB" ... in this order; null: MostPlayers are there.
    Player *addPlayer();
    // The one who came last; there must be one. It is gone when this returns.
    void removeLastPlayer();
    const std::vector<std::unique_ptr<Player>> &all() const { return m_all; }
    // Null: there is none.
    Player *player(const QString &name) const;
    Player *player(int pane) const;
    // Whether its user is online in another pane, too.
    bool isElsewhere(const Player &) const;
    // The server's own steps, where it is traced.
    void takeTrace(const std::vector<protocol::TraceEvent> &);
    // Everything ends and is forgotten; the players stay.
    void clear();

Q_SIGNALS:
    void playerAdded(parley::play::Player *);
    void playerLeaves(parley::play::Player *); // the last moment to let go of it
    void traced(const std::vector<parley::protocol::TraceEvent> &);

private:
    void connectPlayer(Player *);
    template <class Function> void forEachOf(UserId, const Player &seenBy, Function);

    frames::FrameLog m_log;
    std::vector<std::unique_ptr<Player>> m_all;
};

} // namespace parley::play
