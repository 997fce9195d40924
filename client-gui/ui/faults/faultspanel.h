// SPDX-License-Identifier: MIT
#pragma once

#include "play/faults.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;

namespace parley::play {
class Players;
}

namespace parley::ui {

class FaultRow;

// The faults of one pane after the other: done at a button, and judged. One pane has one at once.
class FaultsPanel : public QWidget {
    Q_OBJECT

public:
    // The players must outlive it.
    explicit FaultsPanel(
        play::Players &, const play::FaultCheck::Patience & = {}, QWidget *parent = nullptr);
    ~FaultsPanel() override;

    int pane() const;
    void setPane(int pane);
    // In the pane that is shown; while another one runs there, nothing.
    void run(play::FaultKind);
    void stop();
    void stopAll(); // in all panes
    // What is known of it for the pane that is shown.
    play::FaultCheck::Outcome outcome(play::FaultKind) const;

Q_SIGNALS:
    // The frame that shows an outcome is wanted.
    void frameSelected(qint64 number);
    void faultFinished(parley::play::FaultKind, const parley::play::FaultCheck::Outcome &);

private:
    struct PaneState; // what is known of one pane
    void build();
    void addPane(play::Player *);
    void removePane(const play::Player *);
    void end(PaneState &);
    void tell();
    void finished(int pane, play::FaultKind);

    play::Players &m_players;
    const play::FaultCheck::Patience m_patience;
    QComboBox *m_pane;
    QLabel *m_note;
    std::vector<FaultRow *> m_rows; // by FaultKind
    std::vector<std::unique_ptr<PaneState>> m_states; // by pane
};

} // namespace parley::ui
