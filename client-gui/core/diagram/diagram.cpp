// SPDX-License-Identifier: MIT
#include "diagram/diagram.h"

#include "diagram/describe.h"
#include "diagram/place.h"

namespace parley::diagram {
namespace {

constexpr int FirstPanes = 2;
constexpr qsizetype LongestName = 24;

// What a pane is called that nobody named: ClientA ... ClientZ, Client27 ...
QString plainName(int pane)
{
    return pane < 26 ? QStringLiteral("Client%1").arg(QChar(u'A' + pane))
                     : QStringLiteral("Client%1").arg(pane + 1);
}

} // namespace

Diagram::Diagram(QObject *parent)
    : QObject(parent)
{
    for (int pane = 0; pane < FirstPanes; ++pane)
        m_paneNames.append(plainName(pane));
    arrange();
}

qint64 Diagram::add(Arrow arrow)
{
    ensureLine(arrow.from);
    ensureLine(arrow.to);
    arrow.lastUs = std::max(arrow.lastUs, arrow.atUs);
    if (const qsizetype index = sameHeartbeat(arrow); index >= 0) {
        Arrow &same = m_arrows[size_t(index)];
        ++same.times;
        same.lastUs = std::max(same.lastUs, arrow.atUs);
        same.frame = std::max(same.frame, arrow.frame);
        Q_EMIT arrowChanged(index);
        return same.number;
    }
    arrow.number = ++m_lastNumber;
    const qsizetype index = placeOf(*this, arrow);
    m_arrows.insert(m_arrows.begin() + index, std::move(arrow));
    const qint64 number = m_lastNumber;
    Q_EMIT arrowAdded(index);
    makeRoom();
    return number;
}

// Whoever is idle beats for hours. With several of them the same few events come round and round;
// as long as nothing else comes between, each is one arrow that counts.
qsizetype Diagram::sameHeartbeat(const Arrow &arrow) const
{
    if (!arrow.isHeartbeat())
        return -1;
    const qsizetype floor = std::max<qsizetype>(0, size() - MostLookedAt);
    for (qsizetype i = size() - 1; i >= floor && at(i).isHeartbeat(); --i) {
        const Arrow &other = at(i);
        if (other.event == arrow.event && other.from == arrow.from && other.to == arrow.to
            && other.label == arrow.label && other.isInferred == arrow.isInferred)
            return i;
    }
    return -1;
}

void Diagram::extend(qsizetype index, Seq seq, qint64 atUs, const QString &label)
{
    Arrow &arrow = m_arrows[size_t(index)];
    arrow.seq = seq;
    arrow.lastUs = std::max(arrow.lastUs, atUs);
    arrow.label = label;
    Q_EMIT arrowChanged(index);
}

// A tenth at once, since views pay for each removal.
void Diagram::makeRoom()
{
    if (size() <= MostArrows)
        return;
    const qsizetype count = size() / 10;
    m_arrows.erase(m_arrows.begin(), m_arrows.begin() + count);
    Q_EMIT arrowsDropped(count);
}

void Diagram::clear()
{
    m_arrows.clear();
    m_hasOthers = false;
    Q_EMIT cleared();
    arrange();
}

void Diagram::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    Q_EMIT pausedChanged(isPaused);
}

qsizetype Diagram::indexOf(qint64 number) const
{
    for (qsizetype i = size() - 1; number > 0 && i >= 0; --i)
        if (at(i).number == number)
            return i;
    return -1;
}

qsizetype Diagram::indexOfFrame(qint64 frame) const
{
    for (qsizetype i = size() - 1; frame > 0 && i >= 0; --i)
        if (at(i).frame == frame)
            return i;
    return -1;
}

int Diagram::columnOf(int line) const
{
    for (int column = 0; column < m_lifelines.size(); ++column)
        if (m_lifelines[column].id == line)
            return column;
    return -1;
}

QString Diagram::nameOf(int line) const
{
    return m_lifelines.value(columnOf(line)).name;
}

void Diagram::setPane(int pane, const QString &name)
{
    while (m_paneNames.size() <= pane)
        m_paneNames.append(QString());
    m_paneNames[pane] = name.isEmpty() ? plainName(pane) : plainText(name.toUtf8(), LongestName);
    m_removedPanes.removeAll(pane);
    arrange();
}

void Diagram::removePane(int pane)
{
    if (!m_removedPanes.contains(pane))
        m_removedPanes.append(pane);
    if (m_arrows.empty())
        arrange();
}

void Diagram::ensureLine(int line)
{
    const int pane = line - FirstPaneLine;
    if (line == OthersLine && !m_hasOthers) {
        m_hasOthers = true;
        arrange();
    } else if (pane >= 0 && (pane >= m_paneNames.size() || m_paneNames[pane].isEmpty())) {
        setPane(pane, {});
    }
}

void Diagram::arrange()
{
    if (m_arrows.empty()) {
        for (const int pane : std::as_const(m_removedPanes))
            if (pane < m_paneNames.size())
                m_paneNames[pane].clear();
        m_removedPanes.clear();
    }
    QList<Lifeline> lines;
    for (int pane = 0; pane < m_paneNames.size(); ++pane)
        if (!m_paneNames[pane].isEmpty())
            lines.append({lineOfPane(pane), m_paneNames[pane]});
    const int left = lines.isEmpty() ? 0 : 1;
    lines.insert(left, {ServerLine, tr("Server")});
    lines.insert(left + 1, {DatabaseLine, tr("Database")});
    if (m_hasOthers)
        lines.append({OthersLine, tr("Others")});
    m_lifelines = lines;
    Q_EMIT lifelinesChanged();
}

} // namespace parley::diagram
