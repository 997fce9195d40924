// SPDX-License-Identifier: MIT
#pragma once

#include "ui/look/statuslight.h"
#include "ui/pane/people.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace parley::ui {

// Whose pane it is and how it is connected, in one or two lines; folds the form away.
class PaneHeader : public QWidget {
    Q_OBJECT

public:
    PaneHeader(play::Player &, const People &, QWidget *parent = nullptr);

    // The pane that shortcuts and menus are about.
    void setCurrent(bool);
    void setFormShown(bool);
    void setRemovable(bool);

Q_SIGNALS:
    void connectWanted();
    void disconnectWanted();
    void formWanted(bool isShown);
    void removeWanted();

protected:
    void paintEvent(QPaintEvent *) override;

private:
    void refresh();
    QString who() const;
    QString stateText() const;

    play::Player &m_player;
    const People &m_people;
    StatusLight *m_light;
    QLabel *m_name;
    QLabel *m_who;
    QLabel *m_state;
    QToolButton *m_fold;
    QPushButton *m_connect;
    QToolButton *m_remove;
    bool m_isCurrent = false;
};

} // namespace parley::ui
