// SPDX-License-Identifier: MIT
#include "frames/framefilter.h"

#include "frames/framelog.h"

#include <algorithm>

namespace parley::frames {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool containsFolded(const QByteArray &payload, const QByteArray &folded)
{
    const char *const end = payload.cend();
    const auto found = std::search(payload.cbegin(), end, folded.cbegin(), folded.cend(),
        [](char of, char wanted) { return lower(of) == wanted; });
    return found != end;
}

} // namespace

FrameFilter::FrameFilter(FrameLog &log, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_log(&log)
{
    setSourceModel(m_log);
    connectLog();
}

void FrameFilter::connectLog()
{
    connect(m_log, &FrameLog::appended, this, [this](const Frame &frame) {
        if (!m_trail || m_trail->take(frame))
            return;
        retrace();
        refilter();
    });
    connect(m_log, &FrameLog::cleared, this, [this] {
        if (m_trail)
            retrace();
    });
}

// Not within emplace(), which ends the old trail and its key before it begins the new one.
void FrameFilter::retrace()
{
    MessageKey key = m_trail->key();
    m_trail.emplace(*m_log, std::move(key));
}

void FrameFilter::setLog(FrameLog &log)
{
    if (m_log == &log)
        return;
    m_log->disconnect(this);
    m_log = &log;
    m_trail.reset();
    setSourceModel(m_log);
    connectLog();
    Q_EMIT conditionsChanged();
}

// Not invalidateFilter(), which takes the rows out in runs and pays for each run with a pass over
// all rows.
void FrameFilter::refilter()
{
    invalidate();
    Q_EMIT conditionsChanged();
}

void FrameFilter::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    const bool isAscii = std::ranges::all_of(text, [](QChar c) { return c.unicode() < 128; });
    m_folded = isAscii ? text.toLatin1().toLower() : QByteArray();
    refilter();
}

void FrameFilter::setTopics(Topics topics)
{
    if (m_topics == topics)
        return;
    m_topics = topics;
    refilter();
}

void FrameFilter::setPanes(const QSet<int> &panes)
{
    if (m_panes == panes)
        return;
    m_panes = panes;
    refilter();
}

void FrameFilter::follow(const MessageKey &key)
{
    if (followed() == key)
        return;
    if (key.isNull())
        m_trail.reset();
    else
        m_trail.emplace(*m_log, key);
    refilter();
}

void FrameFilter::clear()
{
    if (!isFiltering())
        return;
    m_text.clear();
    m_folded.clear();
    m_topics = {};
    m_panes.clear();
    m_trail.reset();
    refilter();
}

bool FrameFilter::isFiltering() const
{
    return !m_text.isEmpty() || m_topics || !m_panes.isEmpty() || m_trail;
}

bool FrameFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    const Frame *frame = m_log->frame(m_log->firstNumber() + sourceRow);
    return frame && (!m_trail || m_trail->contains(frame->number))
        && (!m_topics || m_topics.testFlag(topicOf(*frame)))
        && (m_panes.isEmpty() || m_panes.contains(frame->pane))
        && (m_text.isEmpty() || hasText(*frame, sourceRow));
}

bool FrameFilter::hasText(const Frame &frame, int row) const
{
    if (m_folded.isEmpty() ? QString::fromUtf8(frame.payload).contains(m_text, Qt::CaseInsensitive)
                           : containsFolded(frame.payload, m_folded))
        return true;
    const auto isIn = [&](int column) {
        return m_log->index(row, column).data().toString().contains(m_text, Qt::CaseInsensitive);
    };
    // To write a time costs more than all the rest, and has colons.
    return isIn(FrameLog::Pane) || isIn(FrameLog::Cmd) || isIn(FrameLog::SeqOrId)
        || (m_text.contains(QLatin1Char(':')) && isIn(FrameLog::At));
}

qint64 FrameFilter::numberAt(int row) const
{
    return index(row, 0).data(FrameLog::FrameRole).toLongLong();
}

int FrameFilter::rowOf(qint64 number) const
{
    const QModelIndex index = mapFromSource(m_log->indexOf(number));
    return index.isValid() ? index.row() : -1;
}

} // namespace parley::frames
