// SPDX-License-Identifier: MIT
#pragma once

#include "frames/frame.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>
#include <QUrl>

#include <deque>

namespace parley::frames {

// Everything that went over the wire of all panes, in order, as a table. Keeps the newest
// MostFrames; views are told of new rows several at a time, other listeners at once.
class FrameLog : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, At, Pane, Direction, Cmd, SeqOrId, Size, RoundTrip, Columns };
    static constexpr int FrameRole = Qt::UserRole; // the number of the frame, for frame()
    static constexpr qsizetype MostFrames = 200'000;
    static constexpr qsizetype MostBytes = 256 << 20; // of payloads
    static inline const QUrl DefaultServer{QStringLiteral("ws://127.0.0.1:2345")};

    explicit FrameLog(QObject *parent = nullptr);

    // Gives it its number and round trip; returns the number.
    qint64 append(Frame);
    void clear();

    // Null when it is no longer here.
    const Frame *frame(qint64 number) const;
    qint64 firstNumber() const { return m_first; }
    qint64 lastNumber() const { return m_first + qint64(m_frames.size()) - 1; }

    // What the table and everything else calls a pane: "ClientA".
    void setPaneName(int pane, const QString &name);
    QString paneName(int pane) const;
    int panes() const { return int(m_paneNames.size()); }
    // Where a pane's frames go to, for those who want to send the like by other means.
    void setPaneServer(int pane, const QUrl &server) { m_paneServers.insert(pane, server); }
    QUrl paneServer(int pane) const { return m_paneServers.value(pane, DefaultServer); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation, int role = Qt::DisplayRole) const override;
    // Invalid: it is not (or not yet) a row.
    QModelIndex indexOf(qint64 number) const;
    // Makes rows of all frames now.
    void flush();

Q_SIGNALS:
    void appended(const parley::frames::Frame &);
    void cleared();

private:
    using Key = QPair<int, QByteArray>; // the pane, and what is answered
    void matchRoundTrip(Frame &);
    void makeRoom();
    QVariant text(const Frame &, int column) const;

    std::deque<Frame> m_frames;
    qint64 m_first = 1; // the number of m_frames.front()
    qsizetype m_bytes = 0;
    int m_rows = 0; // how many of m_frames the views know
    QTimer m_flush;
    QHash<Key, qint64> m_asked; // when
    QStringList m_paneNames;
    QHash<int, QUrl> m_paneServers;
};

} // namespace parley::frames
