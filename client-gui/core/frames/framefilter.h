// SPDX-License-Identifier: MIT
#pragma once

#include "frames/topic.h"
#include "frames/trail.h"

#include <QSet>
#include <QSortFilterProxyModel>

namespace parley::frames {

class FrameLog;

// The frames of a log that are wanted: those that pass every condition that is set. Keeps up with a
// log of 100 000 frames that grows.
class FrameFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit FrameFilter(FrameLog &, QObject *parent = nullptr);

    FrameLog &log() const { return *m_log; }
    // Another log; nothing is followed then, and the other conditions stay. It must outlive its
    // being shown.
    void setLog(FrameLog &);

    // In the payload as it is on the wire and in the columns, whatever the case; empty: all.
    void setText(const QString &);
    const QString &text() const { return m_text; }
    // Empty: all.
    void setTopics(Topics);
    Topics topics() const { return m_topics; }
    // Empty: all.
    void setPanes(const QSet<int> &);
    const QSet<int> &panes() const { return m_panes; }
    // One message through all panes; a null key: no longer.
    void follow(const MessageKey &);
    MessageKey followed() const { return m_trail ? m_trail->key() : MessageKey(); }
    void clear();
    bool isFiltering() const;

    // Of the log; 0: there is no such row.
    qint64 numberAt(int row) const;
    // -1: it is not among the rows.
    int rowOf(qint64 number) const;

Q_SIGNALS:
    void conditionsChanged();

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    void refilter();
    void connectLog();
    void retrace();
    bool hasText(const Frame &, int row) const;

    FrameLog *m_log;
    QString m_text;
    QByteArray m_folded; // the text in lower case, if it is ASCII
    Topics m_topics;
    QSet<int> m_panes;
    std::optional<Trail> m_trail;
};

} // namespace parley::frames
