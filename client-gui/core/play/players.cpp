// SPDX-License-Identifier: MIT
#include "play/players.h"

namespace parley::play {

Players::Players(QObject *parent)
    : QObject(parent)
{
}

Players::~Players() = default;

Player *Players::addPlayer()
{
    const int pane = int(m_all.size());
    if (pane >= MostPlayers)
        return nullptr;
    const QString name = QStringLiteral("Client") + QChar(u'A' + pane);
    Player *player = m_all.emplace_back(std::make_unique<Player>(pane, name, m_log)).get();
    connectPlayer(player);
    Q_EMIT playerAdded(player);
    return player;
}

void Players::removeLastPlayer()
{
    Q_EMIT playerLeaves(m_all.back().get());
    m_all.pop_back();
}

// The same userId on another server is somebody else.
template <class Function>
void Players::forEachOf(UserId user, const Player &seenBy, Function function)
{
    for (const auto &player : m_all) {
        if (player->userId() == user
            && isSameServer(player->account().server, seenBy.account().server))
            function(*player);
    }
}

void Players::connectPlayer(Player *player)
{
    connect(player, &Player::stored, this, [this, player](const protocol::Sent &sent) {
        const auto grow = [&](Player &other) { other.noteMailboxGrew(sent.seq); };
        if (!sent.duplicate)
            forEachOf(sent.receiveUserId, *player, grow);
    });
    connect(
        player, &Player::messageReceived, this, [this, player](const protocol::Message &message) {
            const auto tell = [&](Player &other) { other.noteDelivered(message.clientId); };
            forEachOf(message.sendUserId, *player, tell);
        });
}

Player *Players::player(const QString &name) const
{
    const auto found =
        std::ranges::find_if(m_all, [&](const auto &player) { return player->name() == name; });
    return found == m_all.end() ? nullptr : found->get();
}

Player *Players::player(int pane) const
{
    return pane >= 0 && pane < int(m_all.size()) ? m_all[size_t(pane)].get() : nullptr;
}

bool Players::isElsewhere(const Player &player) const
{
    return std::ranges::any_of(m_all, [&](const auto &other) {
        return other.get() != &player && other->isOnline() && other->userId() == player.userId()
            && isSameServer(other->account().server, player.account().server);
    });
}

// What was delivered to somebody whom no pane plays is known only from here.
void Players::takeTrace(const std::vector<protocol::TraceEvent> &steps)
{
    for (const auto &step : steps) {
        const bool isPush = step.kind == protocol::TraceKind::Written && step.cmd == "MESSAGE";
        if (!isPush && step.kind != protocol::TraceKind::Fetched)
            continue;
        for (const auto &player : m_all) {
            if (player->userId() == step.peerUserId)
                player->noteDelivered(step.clientId);
        }
    }
    Q_EMIT traced(steps);
}

void Players::clear()
{
    for (const auto &player : m_all)
        player->conversation().clear();
    m_log.clear();
}

} // namespace parley::play
