// SPDX-License-Identifier: MIT
#include "ui/scenario/steplist.h"

#include "scenario/report/scenarioresult.h"
#include "ui/look/words.h"
#include "ui/scenario/markdelegate.h"

namespace parley::ui {

using scenario::StepResult;

void StepList::show(
    const scenario::Scenario &scenario, const scenario::Verdict &verdict, int running)
{
    beginResetModel();
    m_steps = scenario.steps;
    m_results = verdict.steps;
    m_results.resize(m_steps.size());
    m_running = running;
    endResetModel();
}

void StepList::clear()
{
    show({}, {});
}

void StepList::begin(int step)
{
    m_running = step;
    Q_EMIT dataChanged(index(step), index(step));
}

void StepList::end(int step, const StepResult &result)
{
    m_running = -1;
    m_results[size_t(step)] = result;
    // Words below it make a row higher.
    if (result.status == StepResult::Status::Failed)
        Q_EMIT layoutChanged();
    else
        Q_EMIT dataChanged(index(step), index(step));
}

int StepList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

QVariant StepList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const StepResult &result = m_results[size_t(index.row())];
    const Mark mark = index.row() == m_running ? Mark::Running : markOf(result);
    const auto title = [&] {
        return scenario::presentable(scenario::describe(m_steps[size_t(index.row())]));
    };
    const QString time = mark == Mark::Passed || mark == Mark::Failed
        ? scenario::durationText(result.tookUs)
        : QString();
    const QString failure =
        mark == Mark::Failed ? scenario::presentable(result.outcome.text) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return title();
    case Qt::ToolTipRole:
        return plainToolTip(tr("%1\nLine %2").arg(title()).arg(m_steps[size_t(index.row())].line));
    case Qt::AccessibleTextRole:
        return tr("%1 %2: %3 %4 %5")
            .arg(index.row() + 1)
            .arg(title(), inWords(mark), time, failure)
            .trimmed();
    case MarkDelegate::MarkRole:
        return int(mark);
    case MarkDelegate::NumberRole:
        return QString::number(index.row() + 1);
    case MarkDelegate::TimeRole:
        return time;
    case MarkDelegate::FailureRole:
        return failure;
    default:
        return {};
    }
}

} // namespace parley::ui
