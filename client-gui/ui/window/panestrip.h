// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pane/people.h"

#include <QScrollArea>

class QSplitter;

namespace parley::ui {

class ClientPane;

// All panes side by side; scrolls when they need more room than there is. One is current: where
// the focus is, or was last.
class PaneStrip : public QScrollArea {
    Q_OBJECT

public:
    static constexpr int FewestPanes = 2;

    // A pane for each player there is and will be.
    PaneStrip(play::Players &, const People &, QWidget *parent = nullptr);

    const std::vector<ClientPane *> &panes() const { return m_panes; }
    ClientPane *current() const { return m_current; }
    // Gives it the focus; does nothing where there is none.
    void focusPane(int index);
    // The next one to the right, or the left for -1, all around.
    void cycle(int step);
    // Two panes side by side.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void paneAdded(parley::ui::ClientPane *);
    void currentChanged(parley::ui::ClientPane *);
    void removeWanted(); // of the last one

protected:
    bool eventFilter(QObject *, QEvent *) override;

private:
    void add(play::Player *);
    void removeLast();
    void share();
    void setCurrent(ClientPane *);

    const People &m_people;
    QSplitter *m_splitter;
    std::vector<ClientPane *> m_panes;
    ClientPane *m_current = nullptr;
};

} // namespace parley::ui
