// SPDX-License-Identifier: MIT
#include "ui/window/mainwindow.h"

#include "ui/diagram/diagrampanel.h"
#include "ui/faults/faultspanel.h"
#include "ui/inspector/composerpanel.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/load/loadtab.h"
#include "ui/look/icons.h"
#include "ui/pane/clientpane.h"
#include "ui/scenario/scenariopanel.h"
#include "ui/window/auditbadge.h"
#include "ui/window/docks.h"
#include "ui/window/mainmenu.h"
#include "ui/window/panestrip.h"
#include "ui/window/settings.h"
#include "ui/window/tracestatus.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QScreen>
#include <QStatusBar>

namespace parley::ui {
namespace {

using play::Account;

constexpr QSize FirstSize{1440, 900};
const auto UsualServer = QStringLiteral("ws://127.0.0.1:2345");
const std::pair<UserId, QString> DemoUsers[] = {
    {UserId(1), QStringLiteral("alice")},
    {UserId(2), QStringLiteral("bob")},
};

} // namespace

// One that was found on this machine is for servers here, whatever server was asked for.
workbench::Observers::Token MainWindow::tokenOf(const LaunchOptions &options)
{
    const bool isHere = workbench::Observers::isThisMachine(options.server);
    const bool isIts = options.server.isValid() && (!options.isTraceTokenFound || isHere);
    return {
        options.traceToken, options.traceTokenProblem, isIts ? options.server : QUrl(UsualServer)};
}

MainWindow::MainWindow(const LaunchOptions &options, ThemeSwitch &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_people(m_players)
    , m_observers(m_players, tokenOf(options))
    , m_panes(new PaneStrip(m_players, m_people))
    , m_docks(new Docks(*this))
    , m_trace(new TraceStatus)
    , m_audit(new AuditBadge(m_observers.auditor()))
    , m_isDemo(options.isDemo)
{
    setWindowTitle(tr("Parley Workbench"));
    setCentralWidget(m_panes);
    addPanels();
    connectPanels();
    addStatus();
    addMenu(theme);
    connect(m_panes, &PaneStrip::paneAdded, this, [this](ClientPane *pane) {
        dress(pane);
        connect(pane, &ClientPane::framesWanted, this, &MainWindow::followMessage);
        tellActions();
    });
    // The pane that asks for it is not to go while it asks.
    connect(m_panes, &PaneStrip::removeWanted, this, &MainWindow::removePane, Qt::QueuedConnection);
    connect(m_scenarios, &ScenarioPanel::busyChanged, this, &MainWindow::tellActions);
    connect(m_scenarios, &ScenarioPanel::aboutToRun, m_faults, &FaultsPanel::stopAll);
    addPane();
    addPane();
    dress(this);
    resize(FirstSize.boundedTo(screen()->availableSize()));
    m_isNew = !settings::restoreLayout(*this);
    begin(options);
}

// What looks at the players goes before they do.
MainWindow::~MainWindow()
{
    delete takeCentralWidget();
    qDeleteAll(findChildren<QDockWidget *>());
    delete statusBar();
}

// A panel more is a line more.
void MainWindow::addPanels()
{
    m_diagram = new DiagramPanel(m_observers.diagram(), m_players.log());
    m_faults = new FaultsPanel(m_players);
    m_inspector = new InspectorPanel(m_players.log());
    m_raw = new ComposerPanel(m_players);
    m_load = new LoadTab;
    m_scenarios = new ScenarioPanel(m_players, m_observers);
    const auto right = Qt::RightDockWidgetArea;
    const auto bottom = Qt::BottomDockWidgetArea;
    const auto alt = [](Qt::Key key) { return QKeySequence(Qt::ALT | key); };
    m_docks->add({tr("Diagram"), "diagram", "diagram", right, m_diagram, alt(Qt::Key_1)});
    m_docks->add({tr("Faults"), "faults", "fault", right, m_faults, alt(Qt::Key_2)});
    m_docks->add({tr("Inspector"), "inspector", "inspector", bottom, m_inspector, alt(Qt::Key_3)});
    m_docks->add({tr("Raw frames"), "raw", "raw", bottom, m_raw, alt(Qt::Key_4)});
    m_docks->add({tr("Load"), "load", "load", bottom, m_load, alt(Qt::Key_5), false});
    m_docks->add({tr("Scenarios"), "scenarios", "scenario", right, m_scenarios, alt(Qt::Key_6)});
}

void MainWindow::connectPanels()
{
    connect(m_load, &LoadTab::runStarted, &m_observers, &workbench::Observers::noteLoad);
    connect(&m_observers, &workbench::Observers::traceChanged, m_trace, &TraceStatus::tell);
    connect(m_panes, &PaneStrip::currentChanged, this, [this](ClientPane *pane) {
        m_raw->setPane(pane->player().pane());
        m_faults->setPane(pane->player().pane());
    });
    connect(m_inspector, &InspectorPanel::frameSelected, &m_diagram->view(), &DiagramView::select);
    connect(m_inspector, &InspectorPanel::messageFollowed, &m_diagram->view(),
        [view = &m_diagram->view()](const frames::MessageKey &key) {
            view->highlightMessage(key.mailbox, key.seq, key.clientId);
        });
    connect(&m_diagram->view(), &DiagramView::frameSelected, this, &MainWindow::showFrame);
    connect(m_audit, &AuditBadge::frameSelected, this, &MainWindow::showFrame);
    connect(m_faults, &FaultsPanel::frameSelected, this, &MainWindow::showFrame);
    connect(m_scenarios, &ScenarioPanel::frameSelected, this, &MainWindow::showFrame);
}

void MainWindow::showFrame(qint64 number)
{
    if (number == 0)
        return;
    m_docks->show(m_inspector); // the focus stays, for the next step
    m_inspector->select(number);
}

void MainWindow::followMessage(UserId sender, const QByteArray &clientId)
{
    m_docks->bringForward(m_inspector);
    m_inspector->follow({.sender = sender, .clientId = clientId});
}

void MainWindow::addStatus()
{
    statusBar()->setContentsMargins(8, 0, 8, 0);
    statusBar()->addWidget(m_audit);
    statusBar()->addWidget(m_trace);
    statusBar()->setSizeGripEnabled(false);
}

void MainWindow::addMenu(ThemeSwitch &theme)
{
    m_menu = new MainMenu(*this, *m_panes, *m_docks, theme);
    connect(m_menu, &MainMenu::paneWanted, this, [this] {
        if (addPane())
            m_panes->focusPane(int(m_panes->panes().size()) - 1);
    });
    connect(m_menu, &MainMenu::removeWanted, this, &MainWindow::removePane);
    connect(m_menu, &MainMenu::clearWanted, &m_observers, &workbench::Observers::clear);
    connect(m_menu, &MainMenu::layoutResetWanted, this, &MainWindow::resetLayout);
}

ClientPane *MainWindow::addPane()
{
    const play::Player *player = m_players.addPlayer();
    if (!player)
        return nullptr;
    ClientPane *pane = m_panes->panes().back();
    Account account = settings::account(player->name());
    if (m_panes->panes().size() > 1)
        account.server = m_panes->panes().front()->account().server;
    pane->setAccount(account);
    connect(player, &play::Player::stateChanged, this, [this, player](client::State state) {
        // Those who play a scenario are nobody's own.
        if (state != client::State::Online || m_scenarios->isRunning())
            return;
        m_load->setServer(player->account().server, player->account().secretKey);
        if (!m_isDemo)
            settings::setAccount(player->name(), player->account());
    });
    return pane;
}

void MainWindow::removePane()
{
    if (m_scenarios->isBusy())
        statusBar()->showMessage(tr("A scenario is using the panes."), 10'000);
    else if (m_players.all().size() > PaneStrip::FewestPanes)
        m_players.removeLastPlayer();
    tellActions();
}

void MainWindow::tellActions()
{
    const size_t panes = m_players.all().size();
    const bool hasRoom = panes < play::Players::MostPlayers;
    const bool canSpareOne = panes > PaneStrip::FewestPanes && !m_scenarios->isBusy();
    m_menu->enable(
        {.addPane = hasRoom, .removePane = canSpareOne, .clear = !m_scenarios->isRunning()});
    m_faults->setEnabled(!m_scenarios->isRunning());
}

void MainWindow::begin(const LaunchOptions &options)
{
    qint64 userId = 1;
    for (ClientPane *pane : m_panes->panes()) {
        Account account = pane->account();
        if (options.server.isValid())
            account.server = options.server;
        if (!options.secretKey.isEmpty()) {
            account.way = Account::Way::SecretKey;
            account.secretKey = options.secretKey;
            if (account.userId == UserId())
                account.userId = UserId(userId++);
        }
        pane->setAccount(account);
    }
    if (options.isDemo)
        beginDemo(options);
    m_panes->focusPane(0);
}

void MainWindow::beginDemo(const LaunchOptions &options)
{
    m_load->proposeUsers({{{"alice", "demo"}, {"bob", "demo"}}});
    for (const auto &[userId, name] : DemoUsers)
        m_people.introduce(userId, name);
    for (size_t i = 0; i < std::size(DemoUsers); ++i) {
        ClientPane *pane = m_panes->panes()[i];
        Account account;
        account.server = options.server.isValid() ? options.server : QUrl(UsualServer);
        account.username = DemoUsers[i].second;
        account.password = QStringLiteral("demo");
        pane->setAccount(account);
        pane->setPeer(DemoUsers[1 - i].first);
        pane->showForm(false);
        pane->connectToServer();
    }
}

void MainWindow::resetLayout()
{
    resize(FirstSize.boundedTo(screen()->availableSize()));
    m_docks->reset();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress(this);
}

// Docks take a size only once the window has its own.
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_isNew, false))
        m_docks->reset();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    settings::saveLayout(*this);
    QMainWindow::closeEvent(event);
}

} // namespace parley::ui
