// SPDX-License-Identifier: MIT
#include "scenario/company.h"

#include "diagram/builder.h"
#include "diagram/export.h"
#include "scenario/auditwitness.h"

namespace parley::scenario {
namespace {

// What a browser shows on its own background, light or dark: the report has these names.
diagram::Palette reportColours()
{
    const auto variable = [](const char *name) {
        return QStringLiteral("var(--%1)").arg(QLatin1String(name));
    };
    return {.surface = variable("surface"),
        .box = variable("window"),
        .text = variable("text"),
        .muted = variable("muted"),
        .line = variable("line"),
        .command = variable("command"),
        .store = variable("store"),
        .deliver = variable("deliver"),
        .confirm = variable("confirm"),
        .presence = variable("presence"),
        .error = variable("bad"),
        .connection = variable("connection")};
}

// More is no picture that anybody looks at; the first and the last are drawn.
constexpr qsizetype MostDrawn = 400;

void draw(const diagram::Diagram &diagram, Exhibit &exhibit)
{
    if (diagram.size() == 0)
        return;
    if (diagram.size() <= MostDrawn) {
        exhibit.diagram = diagram::toSvg(diagram, reportColours());
        return;
    }
    diagram::Diagram excerpt;
    for (qsizetype pane = 0; pane < exhibit.panes.size(); ++pane)
        excerpt.setPane(int(pane), exhibit.panes[pane]);
    for (qsizetype i = 0; i < diagram.size(); ++i) {
        if (i < MostDrawn / 2 || i >= diagram.size() - MostDrawn / 2)
            excerpt.add(diagram.at(i));
    }
    exhibit.diagram = diagram::toSvg(excerpt, reportColours());
    exhibit.diagramNote = Company::tr("The first %1 and the last %1 of %2 steps.")
                              .arg(MostDrawn / 2)
                              .arg(diagram.size());
}

} // namespace

bool tracesWholly(const Scenario &scenario)
{
    return std::ranges::none_of(scenario.steps,
        [](const Step &step) { return std::holds_alternative<Server>(step.action); });
}

Exhibit exhibitOf(const Scenario &scenario, const Verdict &verdict, const Scene &scene)
{
    Exhibit exhibit;
    exhibit.scenario = scenario;
    exhibit.verdict = verdict;
    const frames::FrameLog &log = scene.stage.log();
    for (qint64 number = log.firstNumber(); number <= log.lastNumber(); ++number)
        exhibit.frames.push_back(*log.frame(number));
    for (const auto &player : scene.stage.players())
        exhibit.panes.append(player->name());
    draw(scene.diagram, exhibit);
    // The trace may have told of something since.
    for (const audit::Finding &finding : scene.auditor.findings())
        exhibit.findings.append(finding.text);
    if (verdict.passed() && !exhibit.findings.isEmpty()) {
        exhibit.verdict.status = Verdict::Status::Failed;
        exhibit.verdict.auditPassed = false;
        exhibit.verdict.audit = exhibit.findings.front();
        exhibit.verdict.failure = scenario.file + QStringLiteral(": ") + exhibit.findings.front();
    }
    exhibit.server = scene.server;
    if (const ServerProcess *process = scene.trial.process()) {
        exhibit.serverLog = process->log();
        exhibit.store = process->storeKind();
    }
    return exhibit;
}

// One scenario, and who watches it.
struct Company::Play {
    Play(const ServerChoice &choice, const Scenario &scenario)
        : builder(stage.log(), diagram)
        , trial(stage, choice)
    {
        auditor.follow(stage.log());
        connect(&trial, &Trial::traceChanged, &builder, &diagram::Builder::setTraced);
        const bool isWhole = tracesWholly(scenario);
        connect(&stage, &play::Stage::traced, &builder,
            [this, isWhole](const std::vector<protocol::TraceEvent> &steps) {
                for (const protocol::TraceEvent &step : steps) {
                    builder.addTrace(step);
                    if (isWhole)
                        auditor.read(step);
                }
            });
        trial.runner().addWitness(witnessOf(auditor, stage));
        trial.runner().addWitness({[this] { diagram.clear(); }, [] { return Outcome(); }});
    }

    play::Stage stage;
    audit::Auditor auditor;
    diagram::Diagram diagram;
    diagram::Builder builder;
    Trial trial;
};

Company::Company(ServerChoice choice, QString serverName, QObject *parent)
    : QObject(parent)
    , m_choice(std::move(choice))
    , m_serverName(std::move(serverName))
{
}

Company::~Company() = default;

void Company::start(std::vector<Scenario> scenarios)
{
    m_scenarios = std::move(scenarios);
    m_exhibits.clear();
    QTimer::singleShot(0, this, &Company::next);
}

void Company::next()
{
    m_play.reset();
    if (m_exhibits.size() >= m_scenarios.size()) {
        Q_EMIT finished();
        return;
    }
    const Scenario &scenario = m_scenarios[m_exhibits.size()];
    m_play = std::make_unique<Play>(m_choice, scenario);
    Runner &runner = m_play->trial.runner();
    connect(
        &runner, &Runner::stepFinished, this, [this, &runner](int step, const Outcome &outcome) {
            Q_EMIT stepFinished(
                runner.scenario(), step, runner.verdict().steps[size_t(step)].tookUs, outcome);
        });
    connect(&m_play->trial, &Trial::finished, this, &Company::keep);
    Q_EMIT scenarioStarted(scenario);
    m_play->trial.start(scenario);
}

void Company::keep(const Verdict &verdict)
{
    m_exhibits.push_back(exhibitOf(m_scenarios[m_exhibits.size()], verdict,
        {m_play->stage, m_play->diagram, m_play->auditor, m_play->trial, m_serverName}));
    Q_EMIT scenarioFinished(m_exhibits.back());
    // This is called from within what is to go.
    QTimer::singleShot(0, this, &Company::next);
}

} // namespace parley::scenario
