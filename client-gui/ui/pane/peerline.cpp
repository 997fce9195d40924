// SPDX-License-Identifier: MIT
#include "ui/pane/peerline.h"

#include "ui/look/elidedlabel.h"
#include "ui/look/words.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace parley::ui {

using play::Player;

PeerLine::PeerLine(Player &player, const People &people, QWidget *parent)
    : QWidget(parent)
    , m_player(player)
    , m_people(people)
    , m_choice(new QComboBox)
    , m_light(new StatusLight)
    , m_words(new ElidedLabel)
{
    m_choice->setObjectName(QStringLiteral("receiver"));
    m_choice->setAccessibleName(tr("Receiver"));
    m_choice->setEditable(true);
    m_choice->setInsertPolicy(QComboBox::NoInsert);
    m_choice->lineEdit()->setPlaceholderText(tr("user id"));
    m_choice->lineEdit()->setMaxLength(100);
    m_choice->setToolTip(tr("A user of another pane, or any user id"));
    m_choice->setMinimumContentsLength(9);
    m_words->setObjectName(QStringLiteral("presence"));
    m_words->setForegroundRole(QPalette::PlaceholderText);
    auto *label = new QLabel(tr("&With"));
    label->setBuddy(m_choice);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_choice);
    row->addWidget(m_light);
    row->addWidget(m_words, 1);

    connect(m_choice, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0) {
            m_wasChosen = true;
            choose(UserId(m_choice->itemData(index).toLongLong()));
        }
    });
    connect(m_choice->lineEdit(), &QLineEdit::textEdited, this, &PeerLine::takeText);
    // The completer writes, and the same one is chosen again, without the two signals above.
    connect(m_choice->lineEdit(), &QLineEdit::editingFinished, this,
        [this] { takeText(m_choice->currentText()); });
    connect(m_choice, &QComboBox::activated, this,
        [this](int index) { takeText(m_choice->itemText(index)); });
    connect(&people, &People::changed, this, [this] { offer(); });
    connect(&player, &Player::presenceChanged, this, &PeerLine::takePresence);
    connect(&player, &Player::stateChanged, this, [this] {
        // What was known is old.
        if (!m_player.isOnline())
            m_presence.reset();
        tellPresence();
    });
    setFocusProxy(m_choice);
    offer();
    tellPresence();
}

void PeerLine::offer()
{
    const QSignalBlocker quiet(m_choice);
    const bool isTyping = m_choice->lineEdit()->hasFocus();
    const QString typed = m_choice->currentText();
    m_choice->clear();
    UserId first;
    for (const People::Person &person : m_people.all()) {
        m_choice->addItem(People::labelOf(person), person.userId.value());
        if (first == UserId() && person.userId != m_player.userId())
            first = person.userId;
    }
    if (isTyping) {
        m_choice->setCurrentIndex(-1);
        m_choice->setEditText(typed);
        return;
    }
    // Nobody chose yet: whoever sits in the other pane.
    if (!m_wasChosen && first != UserId())
        choose(first);
    const int row = m_choice->findData(m_peer.value());
    m_choice->setCurrentIndex(row);
    if (row < 0)
        m_choice->setEditText(m_peer == UserId() ? QString() : QString::number(m_peer.value()));
}

void PeerLine::takeText(const QString &text)
{
    const int row = m_choice->findText(text.trimmed(), Qt::MatchFixedString);
    bool isId = false;
    const qint64 id = text.trimmed().toLongLong(&isId);
    UserId peer(isId && id > 0 && id <= MaxInteger ? id : 0);
    if (row >= 0)
        peer = UserId(m_choice->itemData(row).toLongLong());
    m_wasChosen = m_wasChosen || peer != m_peer; // who only passes by changes nothing
    choose(peer);
}

void PeerLine::setPeer(UserId peer)
{
    m_wasChosen = true;
    choose(peer);
    offer();
}

void PeerLine::choose(UserId peer)
{
    if (std::exchange(m_peer, peer) == peer)
        return;
    m_presence.reset();
    tellPresence();
    m_player.watch(peer);
    Q_EMIT peerChanged(peer);
}

void PeerLine::takePresence(const protocol::Presence &presence)
{
    if (presence.userId != m_peer)
        return;
    m_presence = presence;
    tellPresence();
}

void PeerLine::tellPresence()
{
    QString words;
    auto shows = StatusLight::Shows::Off;
    if (m_peer == UserId()) {
        words = tr("nobody chosen");
    } else if (!m_presence) {
        words = tr("presence not known");
    } else if (m_presence->online) {
        words = tr("online");
        shows = StatusLight::Shows::Good;
    } else if (m_presence->lastSeen) {
        words =
            tr("offline, last seen %1").arg(clockTime(toMs(*m_presence->lastSeen) * 1000).left(8));
        m_words->setToolTip(QDateTime::fromMSecsSinceEpoch(toMs(*m_presence->lastSeen))
                                .toString(Qt::ISODateWithMs));
    } else {
        words = tr("offline, never seen");
    }
    m_light->setShows(shows);
    m_words->setText(words);
    m_words->setAccessibleName(tr("The receiver is: %1").arg(words));
}

} // namespace parley::ui
