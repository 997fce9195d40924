// SPDX-License-Identifier: MIT
#include "ui/scenario/scenariodetail.h"

#include "scenario/report/scenarioresult.h"
#include "ui/look/words.h"
#include "ui/look/wrappinglabel.h"
#include "ui/scenario/markdelegate.h"
#include "ui/scenario/markview.h"

#include <QFileInfo>
#include <QVBoxLayout>

namespace parley::ui {

using scenario::Scenario;
using scenario::Verdict;

namespace {

constexpr int MostChars = 600; // of what is said of a scenario

StatusLight::Shows lightOf(const Verdict &verdict)
{
    switch (markOf(verdict)) {
    case Mark::Passed:
        return StatusLight::Shows::Good;
    case Mark::Failed:
        return StatusLight::Shows::Bad;
    default:
        return StatusLight::Shows::Warning;
    }
}

QString inWords(const Verdict &verdict, const Scenario &scenario)
{
    const QString took = scenario::durationText(verdict.tookUs);
    // The step itself says why.
    if (const int step = verdict.failedStep(); step >= 0)
        return ScenarioDetail::tr("Failed after %1 at step %2, which is %3:%4.")
            .arg(took)
            .arg(step + 1)
            .arg(QFileInfo(scenario.file).fileName())
            .arg(scenario.steps[size_t(step)].line);
    if (verdict.status == Verdict::Status::Stopped)
        return ScenarioDetail::tr("Stopped.");
    if (!verdict.passed())
        return scenario::presentable(verdict.failure);
    return verdict.audit.isEmpty()
        ? ScenarioDetail::tr("Passed in %1.").arg(took)
        : ScenarioDetail::tr("Passed in %1. Audit: %2.").arg(took, verdict.audit);
}

} // namespace

ScenarioDetail::ScenarioDetail(QWidget *parent)
    : QWidget(parent)
    , m_title(new WrappingLabel)
    , m_about(new WrappingLabel)
    , m_light(new StatusLight)
    , m_state(new WrappingLabel)
    , m_view(new MarkView(m_steps, tr("Steps")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_state->setObjectName(QStringLiteral("scenarioState"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // A click or a key shows what a step has come to.
    connect(m_view, &MarkView::clicked, this,
        [this](const QModelIndex &index) { Q_EMIT stepChosen(index.row()); });
    connect(m_view, &MarkView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT stepChosen(index.row()); });
    auto *state = new QHBoxLayout;
    state->setSpacing(8);
    state->addWidget(m_light, 0, Qt::AlignTop);
    state->addWidget(m_state, 1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->setSpacing(4);
    head->addWidget(m_title);
    head->addWidget(m_about);
    head->addLayout(state);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_view, 1);
}

void ScenarioDetail::show(
    const QString &title, const ScenarioList::Entry &entry, const Verdict &verdict, int running)
{
    m_title->setText(title);
    m_about->setText(scenario::presentable(entry.scenario.about));
    m_about->setVisible(!m_about->text().isEmpty());
    if (entry.problem.isEmpty())
        m_steps.show(entry.scenario, verdict, running);
    else
        m_steps.clear();
}

void ScenarioDetail::beginStep(int step)
{
    m_steps.begin(step);
    m_view->scrollTo(m_steps.index(step));
}

void ScenarioDetail::endStep(int step, const scenario::StepResult &result)
{
    m_steps.end(step, result);
}

qint64 ScenarioDetail::select(int step)
{
    if (step >= m_steps.rowCount())
        return 0;
    const qint64 frame = m_steps.frame(step);
    m_view->setCurrentIndex(m_steps.index(step));
    m_view->scrollTo(m_steps.index(step));
    return frame;
}

void ScenarioDetail::tell(StatusLight::Shows light, const QString &text)
{
    m_light->setShows(light);
    m_state->setText(text.left(MostChars));
}

void ScenarioDetail::tell(const Verdict &verdict, const Scenario &scenario)
{
    tell(lightOf(verdict), inWords(verdict, scenario));
}

QString ScenarioDetail::told() const
{
    return m_state->text();
}

} // namespace parley::ui
