// SPDX-License-Identifier: MIT
#include "ui/scenario/scenariolist.h"

#include "scenario/report/scenarioresult.h"
#include "ui/look/words.h"
#include "ui/scenario/markdelegate.h"

#include <QFileInfo>

namespace parley::ui {

using scenario::Scenario;

namespace {

Mark markOfEntry(const ScenarioList::Entry &entry)
{
    if (!entry.problem.isEmpty())
        return Mark::Failed;
    if (entry.isRunning)
        return Mark::Running;
    return entry.verdict ? markOf(*entry.verdict) : Mark::Waiting;
}

QString titleOf(const ScenarioList::Entry &entry)
{
    return entry.problem.isEmpty() ? entry.scenario.name : QFileInfo(entry.file).fileName();
}

QString timeOf(const ScenarioList::Entry &entry)
{
    if (entry.isRunning || !entry.verdict || entry.verdict->tookUs == 0)
        return {};
    return scenario::durationText(entry.verdict->tookUs);
}

void read(ScenarioList::Entry &entry)
{
    auto scenario = scenario::load(entry.file);
    entry.problem = scenario ? QString() : scenario.failure().text;
    entry.scenario = scenario ? std::move(*scenario) : Scenario();
}

} // namespace

ScenarioList::ScenarioList(QObject *parent)
    : QAbstractListModel(parent)
{
    for (const QString &file : scenario::shipped()) {
        m_entries.push_back({file, {}});
        read(m_entries.back());
    }
}

int ScenarioList::append(Entry entry)
{
    const int row = int(m_entries.size());
    beginInsertRows({}, row, row);
    m_entries.push_back(std::move(entry));
    endInsertRows();
    return row;
}

int ScenarioList::add(const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    const auto known = std::ranges::find(m_entries, path, &Entry::file);
    if (known != m_entries.end()) {
        const int row = int(known - m_entries.begin());
        reread(row);
        return row;
    }
    Entry entry{path, {}};
    read(entry);
    return append(std::move(entry));
}

int ScenarioList::add(const Scenario &scenario)
{
    return append({{}, scenario});
}

void ScenarioList::reread(int row)
{
    Entry &entry = m_entries[size_t(row)];
    if (entry.file.isEmpty() || entry.file.startsWith(u':') || entry.isRunning)
        return;
    read(entry);
    entry.verdict.reset();
    changed(row);
}

void ScenarioList::setRunning(int row)
{
    m_entries[size_t(row)].isRunning = true;
    changed(row);
}

void ScenarioList::setVerdict(int row, const scenario::Verdict &verdict)
{
    m_entries[size_t(row)].isRunning = false;
    m_entries[size_t(row)].verdict = verdict;
    changed(row);
}

void ScenarioList::changed(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
}

int ScenarioList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ScenarioList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = m_entries[size_t(index.row())];
    const Mark mark = markOfEntry(entry);
    const QString about = scenario::presentable(
        entry.problem.isEmpty() ? entry.scenario.about : tr("This file is not a scenario."));
    switch (role) {
    case Qt::DisplayRole:
        return scenario::presentable(titleOf(entry));
    case Qt::ToolTipRole:
        return plainToolTip(entry.file.isEmpty() ? about : about + u'\n' + entry.file);
    case Qt::AccessibleTextRole:
        return tr("%1: %2 %3").arg(titleOf(entry), inWords(mark), timeOf(entry)).trimmed();
    case MarkDelegate::MarkRole:
        return int(mark);
    case MarkDelegate::TimeRole:
        return timeOf(entry);
    case MarkDelegate::AboutRole:
        return about;
    default:
        return {};
    }
}

} // namespace parley::ui
