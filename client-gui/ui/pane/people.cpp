// SPDX-License-Identifier: MIT
#include "ui/pane/people.h"

namespace parley::ui {

using play::Player;

People::People(play::Players &players, QObject *parent)
    : QObject(parent)
    , m_players(players)
{
    connect(&players, &play::Players::playerAdded, this, &People::follow);
    for (const auto &player : players.all())
        follow(player.get());
}

void People::follow(Player *player)
{
    connect(player, &Player::accountChanged, this, &People::changed);
    connect(player, &Player::stateChanged, this, [this, player](client::State state) {
        if (state != client::State::Online)
            return;
        const play::Account &account = player->account();
        if (account.way == play::Account::Way::Login)
            m_names.insert(player->userId(), account.username);
        Q_EMIT changed();
    });
}

std::vector<People::Person> People::all() const
{
    std::vector<Person> people;
    const auto add = [&](UserId userId) {
        const bool isThere = std::ranges::any_of(
            people, [&](const Person &person) { return person.userId == userId; });
        if (userId != UserId() && !isThere)
            people.push_back({userId, m_names.value(userId)});
    };
    for (const auto &player : m_players.all())
        add(player->userId());
    QList<UserId> introduced = m_names.keys();
    std::ranges::sort(introduced);
    for (const UserId userId : introduced)
        add(userId);
    return people;
}

QString People::nameOf(UserId userId) const
{
    const QString name = m_names.value(userId);
    return name.isEmpty() ? tr("user %1").arg(userId.value()) : name;
}

QString People::labelOf(const Person &person)
{
    return person.name.isEmpty()
        ? tr("user %1").arg(person.userId.value())
        : QStringLiteral("%1 (%2)").arg(person.name).arg(person.userId.value());
}

QString People::labelOf(UserId userId) const
{
    return labelOf({userId, m_names.value(userId)});
}

void People::introduce(UserId userId, const QString &name)
{
    m_names.insert(userId, name);
    Q_EMIT changed();
}

} // namespace parley::ui
