// SPDX-License-Identifier: MIT
#pragma once

#include "ui/look/statuslight.h"
#include "ui/pane/people.h"

class QComboBox;
class QLabel;

namespace parley::ui {

// With whom a player speaks, and whether that one is there. Whoever is chosen is watched.
class PeerLine : public QWidget {
    Q_OBJECT

public:
    PeerLine(play::Player &, const People &, QWidget *parent = nullptr);

    // 0: nobody was chosen, or what was typed is no id.
    UserId peer() const { return m_peer; }
    void setPeer(UserId);
    QString peerName() const { return m_people.nameOf(m_peer); }

Q_SIGNALS:
    void peerChanged(parley::UserId);

private:
    void offer();
    void takeText(const QString &);
    void choose(UserId);
    void takePresence(const protocol::Presence &);
    void tellPresence();

    play::Player &m_player;
    const People &m_people;
    QComboBox *m_choice;
    StatusLight *m_light;
    QLabel *m_words;
    UserId m_peer;
    bool m_wasChosen = false; // by somebody, and not by default
    std::optional<protocol::Presence> m_presence;
};

} // namespace parley::ui
