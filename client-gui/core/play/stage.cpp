// SPDX-License-Identifier: MIT
#include "play/stage.h"

namespace parley::play {

Stage::Stage(QObject *parent)
    : QObject(parent)
{
}

Stage::~Stage() = default;

Player *Stage::addPlayer()
{
    const int pane = int(m_players.size());
    if (pane >= MostPlayers)
        return nullptr;
    const QString name = QStringLiteral("Client") + QChar(u'A' + pane);
    Player *player = m_players.emplace_back(std::make_unique<Player>(pane, name, m_log)).get();
    connectPlayer(player);
    Q_EMIT playerAdded(player);
    return player;
}

void Stage::removeLastPlayer()
{
    Q_EMIT playerLeaves(m_players.back().get());
    m_players.pop_back();
}

// The same userId on another server is somebody else.
template <class Visitor> void Stage::eachOf(UserId user, const Player &seenBy, Visitor visit)
{
    for (const auto &player : m_players) {
        if (player->userId() == user
            && isSameServer(player->account().server, seenBy.account().server))
            visit(*player);
    }
}

void Stage::connectPlayer(Player *player)
{
    connect(player, &Player::stored, this, [this, player](const protocol::Sent &sent) {
        const auto grow = [&](Player &other) { other.noteMailboxGrew(sent.seq); };
        if (!sent.duplicate)
            eachOf(sent.receiveUserId, *player, grow);
    });
    connect(
        player, &Player::messageReceived, this, [this, player](const protocol::Message &message) {
            const auto tell = [&](Player &other) { other.noteDelivered(message.clientId); };
            eachOf(message.sendUserId, *player, tell);
        });
}

Player *Stage::player(const QString &name) const
{
    const auto found =
        std::ranges::find_if(m_players, [&](const auto &player) { return player->name() == name; });
    return found == m_players.end() ? nullptr : found->get();
}

Player *Stage::player(int pane) const
{
    return pane >= 0 && pane < int(m_players.size()) ? m_players[size_t(pane)].get() : nullptr;
}

bool Stage::isElsewhere(const Player &player) const
{
    return std::ranges::any_of(m_players, [&](const auto &other) {
        return other.get() != &player && other->isOnline() && other->userId() == player.userId()
            && isSameServer(other->account().server, player.account().server);
    });
}

// What was delivered to somebody whom no pane plays is known only from here.
void Stage::takeTrace(const std::vector<protocol::TraceEvent> &steps)
{
    for (const auto &step : steps) {
        const bool isPush = step.kind == protocol::TraceKind::Written && step.cmd == "MESSAGE";
        if (!isPush && step.kind != protocol::TraceKind::Fetched)
            continue;
        for (const auto &player : m_players) {
            if (player->userId() == step.peerUserId)
                player->noteDelivered(step.clientId);
        }
    }
    Q_EMIT traced(steps);
}

void Stage::clear()
{
    for (const auto &player : m_players)
        player->conversation().clear();
    m_log.clear();
}

} // namespace parley::play
