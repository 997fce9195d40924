// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

namespace parley::frames {
class FrameFilter;
}

namespace parley::ui {

// Above the inspector's rows: chooses the kinds and the panes that the filter lets through, counts
// the frames, and asks for all else.
class InspectorToolBar : public QWidget {
    Q_OBJECT

public:
    // Takes the search. The filter must outlive it.
    InspectorToolBar(frames::FrameFilter &, QWidget *search, QWidget *parent = nullptr);

    // What the filter has. From a file there is a way back.
    void showFilter(bool isFile);
    // There is a frame whose message can be followed.
    void setFollowable(bool);
    void setFollowsNewest(bool);

Q_SIGNALS:
    void followWanted(); // or no longer
    void newestWanted(bool on);
    void panesWanted();
    void saveWanted();
    void loadWanted();

private:
    QToolButton *addButton(const QString &text, const QString &toolTip);
    void addButtons();
    void addTopicMenu();
    void addPaneMenu();
    void fillPaneMenu(QMenu *);

    frames::FrameFilter &m_filter;
    QToolButton *m_topics = nullptr;
    QToolButton *m_panes = nullptr;
    QToolButton *m_follow = nullptr;
    QToolButton *m_newest = nullptr;
    QToolButton *m_back = nullptr;
    QLabel *m_count;
};

} // namespace parley::ui
