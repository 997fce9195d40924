// SPDX-License-Identifier: MIT
#include "ui/pane/paneheader.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/look/words.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace parley::ui {
namespace {

using client::State;

StatusLight::Shows lightOf(State state)
{
    switch (state) {
    case State::Offline:
        return StatusLight::Shows::Off;
    case State::Online:
        return StatusLight::Shows::Good;
    case State::Waiting:
        return StatusLight::Shows::Warning;
    case State::Refused:
        return StatusLight::Shows::Bad;
    case State::LoggingIn:
    case State::Connecting:
    case State::Closing:
        break;
    }
    return StatusLight::Shows::Working;
}

QLabel *plainLabel(const char *objectName)
{
    auto *label = new ElidedLabel;
    label->setObjectName(QLatin1String(objectName));
    return label;
}

} // namespace

PaneHeader::PaneHeader(play::Player &player, const People &people, QWidget *parent)
    : QWidget(parent)
    , m_player(player)
    , m_people(people)
    , m_light(new StatusLight)
    , m_name(new QLabel(player.name()))
    , m_who(plainLabel("who"))
    , m_state(plainLabel("state"))
    , m_fold(withIcon(new QToolButton, "settings"))
    , m_connect(withIcon(new QPushButton, "connect"))
    , m_remove(withIcon(new QToolButton, "close"))
{
    QFont bold = m_name->font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_name->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_fold->setObjectName(QStringLiteral("fold"));
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setToolTip(tr("Show or hide the connection's details"));
    m_fold->setAccessibleName(tr("Connection details of %1").arg(player.name()));
    m_connect->setObjectName(QStringLiteral("connect"));
    m_remove->setObjectName(QStringLiteral("remove"));
    m_remove->setAutoRaise(true);
    m_remove->setToolTip(tr("Remove this pane"));
    m_remove->setAccessibleName(tr("Remove %1").arg(player.name()));
    m_remove->hide();

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_light, 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(m_who, 0, 2);
    grid->addWidget(m_state, 1, 1, 1, 2);
    grid->addWidget(m_fold, 0, 3, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_connect, 0, 4, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_remove, 0, 5, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(2, 1);

    connect(m_fold, &QToolButton::clicked, this, &PaneHeader::formWanted);
    connect(m_remove, &QToolButton::clicked, this, &PaneHeader::removeWanted);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        const State state = m_player.state();
        if (state == State::Offline || state == State::Refused)
            Q_EMIT connectWanted();
        else
            Q_EMIT disconnectWanted();
    });
    connect(&player, &play::Player::stateChanged, this, [this] { refresh(); });
    connect(&player, &play::Player::accountChanged, this, [this] { refresh(); });
    connect(&people, &People::changed, this, [this] { refresh(); });
    refresh();
}

void PaneHeader::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    update();
}

void PaneHeader::setFormShown(bool isShown)
{
    m_fold->setChecked(isShown);
}

void PaneHeader::setRemovable(bool isRemovable)
{
    m_remove->setVisible(isRemovable);
}

QString PaneHeader::who() const
{
    if (m_player.userId() != UserId())
        return m_people.labelOf(m_player.userId());
    return m_player.account().username;
}

QString PaneHeader::stateText() const
{
    const QString state = stateInWords(m_player.state());
    const QUrl &server = m_player.account().server;
    if (server.host().isEmpty())
        return state;
    return tr("%1 · %2").arg(state, serverInWords(server));
}

void PaneHeader::refresh()
{
    const State state = m_player.state();
    m_light->setShows(lightOf(state));
    m_who->setText(who());
    m_state->setText(stateText());
    m_state->setToolTip(m_player.reason().isEmpty() ? QString() : plainToolTip(m_player.reason()));
    setAccessibleName(tr("%1, %2, %3").arg(m_player.name(), who(), stateText()));
    const bool isOff = state == State::Offline || state == State::Refused;
    m_connect->setText(isOff ? tr("C&onnect") : tr("Disc&onnect"));
    m_connect->setDefault(isOff);
    m_connect->setEnabled(state != State::Closing);
    const auto name = isOff ? QStringLiteral("connect") : QStringLiteral("disconnect");
    m_connect->setProperty(IconName, name);
    m_connect->setIcon(icon(name, palette()));
}

void PaneHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours c = coloursOf(palette());
    painter.fillRect(rect(), c.surface);
    painter.fillRect(0, height() - 1, width(), 1, c.line);
    if (m_isCurrent)
        painter.fillRect(0, 0, width(), 2, c.accent);
}

} // namespace parley::ui
