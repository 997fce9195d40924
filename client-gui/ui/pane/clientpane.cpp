// SPDX-License-Identifier: MIT
#include "ui/pane/clientpane.h"

#include "ui/look/messagebar.h"
#include "ui/look/words.h"
#include "ui/pane/connectionform.h"
#include "ui/pane/controlstrip.h"
#include "ui/pane/conversationview.h"
#include "ui/pane/messagecomposer.h"
#include "ui/pane/paneheader.h"
#include "ui/pane/peerline.h"

#include <QApplication>
#include <QVBoxLayout>

namespace parley::ui {

using client::State;
using play::Player;

ClientPane::ClientPane(Player &player, const People &people, QWidget *parent)
    : QFrame(parent)
    , m_player(player)
    , m_header(new PaneHeader(player, people))
    , m_form(new ConnectionForm)
    , m_bar(new MessageBar)
    , m_peer(new PeerLine(player, people))
    , m_conversation(new ConversationView(player.conversation(), people))
    , m_composer(new MessageComposer(player))
{
    setObjectName(player.name());
    setAccessibleName(player.name());
    setFrameShape(QFrame::NoFrame);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_form);
    column->addWidget(new ControlStrip(player));
    auto *barRow = new QVBoxLayout;
    barRow->setContentsMargins(8, 0, 8, 0);
    barRow->addWidget(m_bar);
    column->addWidget(m_peer);
    column->addLayout(barRow);
    column->addWidget(m_conversation, 1);
    column->addWidget(m_composer);

    connect(m_header, &PaneHeader::connectWanted, this, &ClientPane::connectToServer);
    connect(
        m_header, &PaneHeader::disconnectWanted, this, [this] { m_player.disconnectFromServer(); });
    connect(m_header, &PaneHeader::formWanted, this, &ClientPane::showForm);
    connect(m_header, &PaneHeader::removeWanted, this, &ClientPane::removeWanted);
    connect(m_form, &ConnectionForm::submitted, this, &ClientPane::connectToServer);
    connect(m_form, &ConnectionForm::edited, this, &ClientPane::takeForm);
    connect(m_peer, &PeerLine::peerChanged, this, [this](UserId peer) {
        m_composer->setPeer(peer, m_peer->peerName());
        tellHint();
    });
    connect(&people, &People::changed, this, [this] {
        m_composer->setPeer(m_peer->peer(), m_peer->peerName());
        tellHint();
    });
    connect(m_composer, &MessageComposer::refused, this,
        [this](const QString &why) { m_bar->tell(MessageBar::Kind::Warning, why); });
    connect(m_conversation, &ConversationView::confirmWanted, this,
        [this](const std::vector<Seq> &seqs) { m_player.confirm(seqs); });
    connect(m_conversation, &ConversationView::confirmAllWanted, this,
        [this] { m_player.confirmAll(); });
    connect(m_conversation, &ConversationView::framesWanted, this,
        [this](UserId sender, const QByteArray &clientId) {
            Q_EMIT framesWanted(sender == UserId() ? m_player.userId() : sender, clientId);
        });
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        if (now && isAncestorOf(now))
            Q_EMIT becameCurrent();
    });
    connectPlayer();
    showForm(true);
    m_composer->setPeer(m_peer->peer(), m_peer->peerName());
    tellHint();
}

void ClientPane::connectPlayer()
{
    connect(&m_player, &Player::stateChanged, this, &ClientPane::takeState);
    // Nobody remembers any more what it was about.
    connect(&m_player.conversation(), &play::Conversation::modelReset, m_bar, &MessageBar::dismiss);
    connect(&m_player, &Player::ended, this, &ClientPane::takeEnd);
    connect(&m_player, &Player::errorReceived, this, [this](const protocol::Error &error) {
        m_tellsOfConnection = m_tellsOfWaiting = false;
        m_bar->tell(MessageBar::Kind::Bad, errorInWords(error));
    });
    connect(&m_player, &Player::fellBehind, this, [this](qint64 unread) {
        m_tellsOfConnection = false;
        m_tellsOfWaiting = true;
        m_bar->tell(MessageBar::Kind::Warning,
            tr("BEHIND: too many messages are unconfirmed, so no more are pushed. FETCH gets the "
               "%n unread and makes the connection live again.",
                nullptr, int(std::min(unread, qint64(INT_MAX)))));
    });
    // Behind the change of the state, which clears the bar.
    connect(&m_player, &Player::cameBehind, this, &ClientPane::tellWaiting, Qt::QueuedConnection);
    connect(&m_player, &Player::caughtUp, this, [this] {
        if (std::exchange(m_tellsOfWaiting, false))
            m_bar->dismiss();
    });
    // A scenario may have given it another one.
    connect(&m_player, &Player::accountChanged, this, [this] {
        if (m_form->account() != m_player.account())
            m_form->setAccount(m_player.account());
    });
}

void ClientPane::tellWaiting(qint64 unread)
{
    if (!m_player.isOnline() || m_player.unread() == 0)
        return;
    m_tellsOfConnection = false;
    m_tellsOfWaiting = true;
    m_bar->tell(MessageBar::Kind::Warning,
        tr("%1 unread: FETCH gets them. Until then nothing new is pushed.").arg(unread));
}

QString ClientPane::message() const
{
    return m_bar->text();
}

void ClientPane::setAccount(const play::Account &account)
{
    m_form->setAccount(account);
    takeForm();
}
play::Account ClientPane::account() const
{
    return m_form->account();
}
void ClientPane::setPeer(UserId peer)
{
    m_peer->setPeer(peer);
}

void ClientPane::connectToServer()
{
    m_player.setAccount(m_form->account());
    if (m_player.connectToServer())
        return;
    showForm(true);
    m_form->focusMissing();
    m_tellsOfConnection = true;
    m_bar->tell(MessageBar::Kind::Warning, m_player.reason());
}

// A scenario that borrows the player gives back the account that it has. One who is connected stays
// who it is.
void ClientPane::takeForm()
{
    const State state = m_player.state();
    if (state == State::Offline || state == State::Refused)
        m_player.setAccount(m_form->account());
}

void ClientPane::toggleConnection()
{
    const State state = m_player.state();
    if (state == State::Offline || state == State::Refused)
        connectToServer();
    else
        m_player.disconnectFromServer();
}

void ClientPane::takeState(State state)
{
    if (state == State::Online || state == State::Offline) {
        // What was said of the connection before is no longer so of this one.
        if (std::exchange(m_tellsOfConnection, false) || state == State::Online)
            m_bar->dismiss();
    }
    if (state == State::Online) {
        const bool wasInForm = m_form->isAncestorOf(QApplication::focusWidget());
        showForm(false);
        if (wasInForm)
            focusMessage();
    } else if (state == State::Refused) {
        showForm(true);
    }
    tellHint();
}

void ClientPane::takeEnd(const client::End &end)
{
    // It was asked for.
    const bool isWanted = end.wasOpen && end.code == 1000;
    if (isWanted || m_player.state() == State::Offline)
        return;
    m_tellsOfConnection = true;
    m_tellsOfWaiting = false;
    const auto kind = end.mayComeBack() ? MessageBar::Kind::Warning : MessageBar::Kind::Bad;
    // Tried every few seconds: the same words once are enough.
    const QString words = endInWords(end, m_player.account());
    if (words != m_bar->text())
        m_bar->tell(kind, words);
}

void ClientPane::tellHint()
{
    const QString peer = m_peer->peer() == UserId() ? tr("somebody") : m_peer->peerName();
    m_conversation->setHint(m_player.isOnline()
            ? tr("No messages yet. Write to %1 below; Enter sends.").arg(peer)
            : tr("Connect, then write to %1. Enter sends.").arg(peer));
}

void ClientPane::focusReceiver()
{
    m_peer->setFocus(Qt::ShortcutFocusReason);
}
void ClientPane::focusMessage()
{
    m_composer->setFocus(Qt::ShortcutFocusReason);
}
void ClientPane::focusConversation()
{
    m_conversation->setFocus(Qt::ShortcutFocusReason);
    const int rows = m_player.conversation().rowCount();
    // So that keys are about something: the newest.
    if (rows > 0 && !m_conversation->selectionModel()->hasSelection())
        m_conversation->selectionModel()->setCurrentIndex(
            m_player.conversation().index(rows - 1), QItemSelectionModel::ClearAndSelect);
}

void ClientPane::send()
{
    m_composer->submit();
}

void ClientPane::takeFocus()
{
    if (m_player.takesMessages() && !isFormShown())
        focusMessage();
    else
        m_form->focusMissing();
}

void ClientPane::setCurrent(bool isCurrent)
{
    m_header->setCurrent(isCurrent);
}

void ClientPane::showForm(bool isShown)
{
    m_form->setVisible(isShown);
    m_header->setFormShown(isShown);
}

bool ClientPane::isFormShown() const
{
    return !m_form->isHidden();
}

void ClientPane::setRemovable(bool isRemovable)
{
    m_header->setRemovable(isRemovable);
}

bool ClientPane::event(QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress)
        Q_EMIT becameCurrent();
    return QFrame::event(event);
}

} // namespace parley::ui
