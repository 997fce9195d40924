// SPDX-License-Identifier: MIT
#include "frames/framelog.h"

#include <QDateTime>

using namespace std::chrono_literals;

namespace parley::frames {
namespace {

constexpr auto FlushInterval = 30ms;
// Commands whose answer is waited for; more are forgotten, with their round trips.
constexpr qsizetype MostAsked = 50'000;

QString arrow(Kind kind)
{
    switch (kind) {
    case Kind::Sent:
        return QStringLiteral("→");
    case Kind::Received:
        return QStringLiteral("←");
    case Kind::Opened:
        return QStringLiteral("●");
    case Kind::Ended:
        return QStringLiteral("○");
    }
    return {};
}

} // namespace

FrameLog::FrameLog(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(FlushInterval);
    connect(&m_flush, &QTimer::timeout, this, &FrameLog::flush);
}

qint64 FrameLog::append(Frame frame)
{
    frame.number = lastNumber() + 1;
    matchRoundTrip(frame);
    m_bytes += frame.payload.size();
    m_frames.push_back(frame);
    if (!m_flush.isActive())
        m_flush.start();
    Q_EMIT appended(frame);
    return frame.number;
}

void FrameLog::matchRoundTrip(Frame &frame)
{
    if (frame.kind == Kind::Opened || frame.kind == Kind::Ended)
        return;
    // Where there is no ref, the clientId is what a SEND and its answer have in common.
    const bool hasRef = !frame.ref.isEmpty();
    if (!hasRef && (frame.clientId.isEmpty() || frame.cmd == "MESSAGE"))
        return;
    const Key key(frame.pane, hasRef ? frame.ref : frame.clientId);
    if (frame.kind == Kind::Sent) {
        if (m_asked.size() >= MostAsked)
            m_asked.clear();
        m_asked.insert(key, frame.atUs);
    } else if (const auto asked = m_asked.constFind(key); asked != m_asked.constEnd()) {
        frame.roundTripUs = frame.atUs - *asked;
        m_asked.erase(asked);
    }
}

void FrameLog::flush()
{
    m_flush.stop();
    if (const int count = int(m_frames.size()); count > m_rows) {
        beginInsertRows({}, m_rows, count - 1);
        m_rows = count;
        endInsertRows();
    }
    makeRoom();
}

// A tenth at once, since views pay for each removal.
void FrameLog::makeRoom()
{
    if (qsizetype(m_frames.size()) <= MostFrames && m_bytes <= MostBytes)
        return;
    const int count = std::max(1, int(m_frames.size() / 10));
    beginRemoveRows({}, 0, count - 1);
    for (int i = 0; i < count; ++i) {
        m_bytes -= m_frames.front().payload.size();
        m_frames.pop_front();
    }
    m_first += count;
    m_rows -= count;
    endRemoveRows();
}

void FrameLog::clear()
{
    beginResetModel();
    m_first += qint64(m_frames.size());
    m_frames.clear();
    m_bytes = 0;
    m_rows = 0;
    m_asked.clear();
    endResetModel();
    Q_EMIT cleared();
}

const Frame *FrameLog::frame(qint64 number) const
{
    const qint64 row = number - m_first;
    return row >= 0 && row < qint64(m_frames.size()) ? &m_frames[size_t(row)] : nullptr;
}

void FrameLog::setPaneName(int pane, const QString &name)
{
    while (m_paneNames.size() <= pane)
        m_paneNames.append(QString());
    m_paneNames[pane] = name;
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, Pane), index(m_rows - 1, Pane));
}

QString FrameLog::paneName(int pane) const
{
    return m_paneNames.value(pane);
}

int FrameLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int FrameLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QModelIndex FrameLog::indexOf(qint64 number) const
{
    const qint64 row = number - m_first;
    return row >= 0 && row < m_rows ? index(int(row), 0) : QModelIndex();
}

QVariant FrameLog::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const Frame &frame = m_frames[size_t(index.row())];
    if (role == Qt::DisplayRole)
        return text(frame, index.column());
    if (role == FrameRole)
        return frame.number;
    if (role == Qt::TextAlignmentRole && (index.column() == Number || index.column() >= Size))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant FrameLog::text(const Frame &frame, int column) const
{
    switch (column) {
    case Number:
        return frame.number;
    case At:
        return QDateTime::fromMSecsSinceEpoch(frame.atUs / 1000)
            .toString(QStringLiteral("HH:mm:ss.zzz"));
    case Pane:
        return paneName(frame.pane);
    case Direction:
        return arrow(frame.kind);
    case Cmd:
        if (frame.kind == Kind::Opened)
            return tr("connected");
        if (frame.kind == Kind::Ended)
            return tr("ended %1").arg(QString::fromLatin1(frame.code));
        if (frame.cmd.isEmpty())
            return frame.isBinary ? tr("binary") : tr("not a command");
        return QString::fromUtf8(frame.code.isEmpty() ? frame.cmd : frame.cmd + ' ' + frame.code);
    case SeqOrId:
        if (frame.seq > Seq())
            return QStringLiteral("#%1").arg(frame.seq.value());
        return QString::fromUtf8(frame.clientId);
    case Size:
        return frame.payload.size();
    case RoundTrip:
        return frame.roundTripUs < 0 ? QString()
                                     : tr("%1 ms").arg(double(frame.roundTripUs) / 1000, 0, 'f', 1);
    }
    return {};
}

QVariant FrameLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal
        && (section == Number || section >= Size))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("No.");
    case At:
        return tr("Time");
    case Pane:
        return tr("Pane");
    case Direction:
        return QString();
    case Cmd:
        return tr("Command");
    case SeqOrId:
        return tr("Seq or clientId");
    case Size:
        return tr("Bytes");
    case RoundTrip:
        return tr("Round trip");
    }
    return {};
}

} // namespace parley::frames
