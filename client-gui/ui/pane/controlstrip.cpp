// SPDX-License-Identifier: MIT
#include "ui/pane/controlstrip.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/pane/heartbeatmeter.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace parley::ui {
namespace {

QString withCount(const QString &text, qint64 count)
{
    return count > 0 ? QStringLiteral("%1 (%2)").arg(text).arg(count) : text;
}

} // namespace

ControlStrip::ControlStrip(play::Player &player, QWidget *parent)
    : QWidget(parent)
    , m_player(player)
    , m_autoConfirm(new QCheckBox(tr("&Auto-confirm")))
    , m_fetch(withIcon(new QPushButton, "fetch"))
    , m_confirmAll(new QPushButton)
{
    m_autoConfirm->setObjectName(QStringLiteral("autoConfirm"));
    m_autoConfirm->setToolTip(tr("Confirms each message as soon as it arrives"));
    m_fetch->setObjectName(QStringLiteral("fetch"));
    m_confirmAll->setObjectName(QStringLiteral("confirmAll"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(new HeartbeatMeter(player), 1);
    row->addWidget(m_autoConfirm);
    row->addWidget(m_confirmAll);
    row->addWidget(m_fetch);

    connect(m_autoConfirm, &QCheckBox::clicked, this,
        [this](bool isOn) { m_player.setAutoConfirm(isOn); });
    connect(m_fetch, &QPushButton::clicked, this, [this] { m_player.fetch(); });
    connect(m_confirmAll, &QPushButton::clicked, this, [this] { m_player.confirmAll(); });
    connect(&player, &play::Player::stateChanged, this, [this] { refresh(); });
    connect(&player, &play::Player::unreadChanged, this, [this] { refresh(); });
    connect(&player, &play::Player::habitsChanged, this, [this] { refresh(); });
    const auto *conversation = &player.conversation();
    connect(conversation, &play::Conversation::rowsInserted, this, [this] { refresh(); });
    connect(conversation, &play::Conversation::dataChanged, this, [this] { refresh(); });
    connect(conversation, &play::Conversation::modelReset, this, [this] { refresh(); });
    refresh();
}

void ControlStrip::refresh()
{
    const qint64 unread = m_player.unread();
    const bool isOnline = m_player.isOnline();
    m_autoConfirm->setChecked(m_player.autoConfirm());
    m_fetch->setText(withCount(tr("FE&TCH"), unread));
    m_fetch->setEnabled(isOnline);
    m_fetch->setToolTip(isOnline ? tr("Asks for all unread messages, the oldest first (F5)")
                                 : tr("Connect first, then unread messages can be fetched"));
    m_fetch->setAccessibleName(tr("FETCH, %1 unread").arg(unread));
    // Confirming is work to be done only where it does not happen by itself.
    const auto unconfirmed = m_player.conversation().unconfirmedCount();
    m_confirmAll->setVisible(!m_player.autoConfirm() || unconfirmed > 0);
    m_confirmAll->setText(withCount(tr("Confir&m all"), unconfirmed));
    m_confirmAll->setEnabled(unconfirmed > 0 && m_player.takesMessages());
    m_confirmAll->setToolTip(tr("CONFIRMs every message that was received (Ctrl+Shift+Return)"));
}

void ControlStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, coloursOf(palette()).line);
}

} // namespace parley::ui
