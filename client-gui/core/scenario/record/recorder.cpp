// SPDX-License-Identifier: MIT
#include "scenario/record/recorder.h"

#include "scenario/record/script.h"

#include <QRegularExpression>

namespace parley::scenario {

Recorder::Recorder(play::Players &players, QObject *parent)
    : QObject(parent)
    , m_players(players)
{
    connect(&players, &play::Players::playerAdded, this, &Recorder::follow);
    for (const auto &player : players.all())
        follow(player.get());
    connect(&players.log(), &frames::FrameLog::appended, this,
        [this](const frames::Frame &frame) { add({.pane = frame.pane, .frame = frame}); });
}

void Recorder::follow(play::Player *player)
{
    connect(player, &play::Player::acted, this, [this, player](const play::Action &action) {
        Entry entry{.pane = player->pane(), .isAction = true, .action = action};
        entry.confirmsAll = action.what == play::Action::What::ConfirmAll
            || action.seqs == player->conversation().unconfirmed();
        add(std::move(entry));
    });
    if (m_isRecording)
        m_panes.push_back(describe(*player));
}

Recorder::Pane Recorder::describe(const play::Player &player) const
{
    const play::Account &account = player.account();
    return {.pane = player.pane(),
        .user = account.username,
        .userId = player.userId(),
        .login = account.way == play::Account::Way::Login,
        .autoConfirm = player.autoConfirm(),
        .heartbeat = player.heartbeat(),
        .wasOnline = player.isOnline(),
        .watched = player.watched()};
}

void Recorder::start()
{
    m_entries.clear();
    m_bytes = 0;
    m_panes.clear();
    for (const auto &player : m_players.all())
        m_panes.push_back(describe(*player));
    m_isRecording = true;
    Q_EMIT recordingChanged(true);
}

void Recorder::stop()
{
    if (std::exchange(m_isRecording, false))
        Q_EMIT recordingChanged(false);
}

void Recorder::add(Entry entry)
{
    if (!m_isRecording)
        return;
    m_bytes += entry.frame.payload.size();
    m_entries.push_back(std::move(entry));
    Q_EMIT entryAdded();
    if (m_entries.size() >= MostEntries || m_bytes >= MostBytes)
        stop();
}

// Who a pane is may be known only since it was connected.
QByteArray Recorder::text(const QString &name) const
{
    static const QRegularExpression Word(QStringLiteral("^[A-Za-z][A-Za-z0-9_]*$"));
    std::vector<Pane> panes = m_panes;
    for (Pane &pane : panes) {
        const play::Player *player = m_players.player(pane.pane);
        if (player && pane.userId == UserId())
            pane.userId = player->userId();
        if (player && pane.user.isEmpty())
            pane.user = player->account().username;
        if (player)
            pane.login = player->account().way == play::Account::Way::Login;
        if (!pane.login || !Word.match(pane.user).hasMatch())
            pane.user = QStringLiteral("user%1").arg(
                pane.userId == UserId() ? qint64(pane.pane + 1) : pane.userId.value());
    }
    return Script(panes, m_entries).write(name);
}

} // namespace parley::scenario
