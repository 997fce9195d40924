// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/arrow.h"

#include <QList>
#include <QObject>

#include <deque>

namespace parley::diagram {

// The events that were seen, in order, and the lifelines between which they went. Keeps the newest
// MostArrows. Indexes are 0 ... size() - 1, oldest first.
class Diagram : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype MostArrows = 20'000;
    // How late an arrow may become known and still be put where its time belongs.
    static constexpr qint64 SortWindowUs = 2'000'000;

    // Begins with ClientA, Server, Database and ClientB.
    explicit Diagram(QObject *parent = nullptr);

    // Puts it where its time and its causes want it, or counts it to a heartbeat that is the same;
    // returns the number of the arrow that it is now (or part of).
    qint64 add(Arrow);
    // Several events in one: the arrow now goes up to `seq`.
    void extend(qsizetype index, Seq seq, qint64 atUs, const QString &label);
    // Also the lifeline of others; panes stay, but for those that were removed.
    void clear();

    // While paused everything is still recorded; views stand still.
    bool isPaused() const { return m_isPaused; }
    void setPaused(bool);

    qsizetype size() const { return qsizetype(m_arrows.size()); }
    const Arrow &at(qsizetype index) const { return m_arrows[size_t(index)]; }
    // -1: it is no longer here. Quick for those that were added last.
    qsizetype indexOf(qint64 number) const;
    qsizetype indexOfFrame(qint64 frame) const;

    // From left to right: the first pane, server, database, the other panes, others.
    const QList<Lifeline> &lifelines() const { return m_lifelines; }
    int columnOf(int line) const;
    QString nameOf(int line) const;
    void setPane(int pane, const QString &name);
    // Its lifeline goes with the next clear(), since its events are still here.
    void removePane(int pane);

Q_SIGNALS:
    void arrowAdded(qsizetype index);
    void arrowChanged(qsizetype index);
    void arrowsDropped(qsizetype count); // the oldest
    void cleared();
    void lifelinesChanged();
    void pausedChanged(bool isPaused);

private:
    qsizetype sameHeartbeat(const Arrow &) const;
    void ensureLine(int line);
    void makeRoom();
    void arrange();

    std::deque<Arrow> m_arrows;
    qint64 m_lastNumber = 0;
    QList<QString> m_paneNames;
    QList<int> m_removedPanes;
    QList<Lifeline> m_lifelines;
    bool m_hasOthers = false;
    bool m_isPaused = false;
};

} // namespace parley::diagram
