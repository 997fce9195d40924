// SPDX-License-Identifier: MIT
// Scenarios that run in the window's panes.
#include "gui/images.h"
#include "gui/scenario/panel_window.h"
#include "ui/look/style.h"
#include "ui/look/theme.h"
#include "ui/window/mainwindow.h"
#include "ui/window/settings.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace parley;
using workbench::Observers;
using namespace parley::ui;
using test::Head;
using test::OneRun;
using Window = test::ScenarioWindow;

namespace {

constexpr int AllRuns = 280'000; // ms

} // namespace

class ScenarioPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aShippedScenarioLightsUpStepByStep();
    void thePanesGetBackWhatTheyHad();
    void aFailurePointsAtItsFrame();
    void aFrameThatIsGoneIsSaidToBe();
    void stopLeavesEverythingUsable();
    void closingItInTheMiddleLeavesThePlayersAsTheyWere();
    void inTheWholeWindowNobodyIsRemembered();
    void allShippedScenariosPass();
    void looksWellInLightAndDark();
};

void ScenarioPanelTest::initTestCase()
{
    QApplication::setStyle(new Style);
    QApplication::setPalette(lightPalette());
}

void ScenarioPanelTest::aShippedScenarioLightsUpStepByStep()
{
    Window window;
    const int row = window.row(QStringLiteral("02-message-online.yaml"));
    window.panel->setCurrent(row);
    QVERIFY(window.areAll(Mark::Waiting));
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    QSignalSpy traced(&window.players, &play::Players::traced);
    // What is lit while it runs.
    int most = 0;
    connect(window.steps(), &QAbstractItemModel::dataChanged, &window.players, [&] {
        const auto all = window.marks();
        const auto running = std::ranges::count(all, Mark::Running);
        most = std::max(most, int(running));
        for (size_t i = 1; i < all.size(); ++i) {
            if (all[i] != Mark::Waiting)
                QVERIFY(all[i - 1] == Mark::Passed);
        }
    });
    QTest::keyClick(window.view("Scenarios"), Qt::Key_Return);
    QVERIFY(window.panel->isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(window.mark(row), Mark::Running, OneRun);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QVERIFY2(window.areAll(Mark::Passed), qPrintable(window.panel->state()));
    QCOMPARE(most, 1);
    QCOMPARE(window.mark(row), Mark::Passed);
    const QModelIndex index = window.panel->scenarios().index(row);
    QVERIFY(!index.data(MarkDelegate::TimeRole).toString().isEmpty());
    // The window's own panes and observers saw it.
    QVERIFY(window.players.player(1)->conversation().rowCount() > 0);
    QCOMPARE(window.observers.auditor().verdict(), audit::Verdict::Good);
    QVERIFY(traced.size() > 0);
    bool isStored = false;
    for (const auto &steps : traced) {
        for (const auto &step : steps[0].value<std::vector<protocol::TraceEvent>>())
            isStored = isStored || step.kind == protocol::TraceKind::Stored;
    }
    QVERIFY(isStored);
}

void ScenarioPanelTest::thePanesGetBackWhatTheyHad()
{
    Window window;
    play::Account account;
    account.server = QUrl(QStringLiteral("ws://chat.example:2345"));
    account.username = QStringLiteral("carol");
    account.password = QStringLiteral("secret");
    window.panes->panes().front()->setAccount(account);
    play::Player &player = *window.players.player(0);
    player.setAutoConfirm(false);
    player.watch(UserId(77));
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    QSignalSpy trace(&window.observers, &Observers::traceChanged);
    window.panel->setCurrent(window.row(QStringLiteral("02-message-online.yaml")));
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QCOMPARE(window.panes->panes().front()->account(), account);
    QCOMPARE(player.account(), account);
    QVERIFY(!player.autoConfirm());
    QCOMPARE(player.watched(), UserId(77));
    QCOMPARE(player.state(), client::State::Offline);
    QCOMPARE(trace.last()[0].value<Observers::Trace>(), Observers::Trace::Off);
}

void ScenarioPanelTest::aFailurePointsAtItsFrame()
{
    Window window;
    window.panel->openFile(window.file("wrong.yaml",
        Head
            + "  - send: {from: B, to: alice, body: hi}\n"
              "  - expect: {client: A, frame: {cmd: MESSAGE, body: bye}, within: 500}\n"
              "  - disconnect: A\n"));
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    QSignalSpy selected(window.panel.get(), &ScenarioPanel::frameSelected);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    const std::vector<Mark> expected{
        Mark::Passed, Mark::Passed, Mark::Passed, Mark::Passed, Mark::Failed, Mark::Waiting};
    QVERIFY(window.marks() == expected);
    QCOMPARE(window.view("Steps")->currentIndex().row(), 4);
    QVERIFY(!window.steps()->index(4, 0).data(MarkDelegate::FailureRole).toString().isEmpty());
    QVERIFY(window.panel->state().contains(QLatin1String("step 5, which is wrong.yaml:9")));
    QCOMPARE(selected.size(), 1);
    const auto *frame = window.players.log().frame(selected[0][0].toLongLong());
    QVERIFY(frame);
    QCOMPARE(frame->pane, 0);
    QVERIFY(frame->payload.contains("\"hi\""));
}

void ScenarioPanelTest::aFrameThatIsGoneIsSaidToBe()
{
    Window window;
    window.panel->openFile(window.file("wrong2.yaml",
        Head + "  - expect: {client: A, frame: {cmd: SENT, seq: 99}, within: 300}\n"));
    const int wrong = window.panel->current();
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QCOMPARE(window.mark(wrong), Mark::Failed);
    window.panel->openFile(window.file("right.yaml", Head));
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, OneRun);
    QCOMPARE(window.mark(window.panel->current()), Mark::Passed);
    window.panel->setCurrent(wrong);
    const auto all = window.marks();
    const int failed = int(std::ranges::find(all, Mark::Failed) - all.begin());
    QVERIFY(failed < int(all.size()));
    QSignalSpy selected(window.panel.get(), &ScenarioPanel::frameSelected);
    auto *view = window.view("Steps");
    view->setCurrentIndex(view->model()->index(failed, 0));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(selected.size(), 0);
    QVERIFY(window.isSaid(QStringLiteral("is gone")));
}

void ScenarioPanelTest::stopLeavesEverythingUsable()
{
    Window window;
    window.panel->openFile(window.file("long.yaml", Head + "  - pause: 60000\n"));
    const int row = window.panel->current();
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->run();
    QTRY_VERIFY_WITH_TIMEOUT(
        window.marks() == (std::vector{Mark::Passed, Mark::Passed, Mark::Passed, Mark::Running}),
        OneRun);
    QTest::keyClick(window.view("Scenarios"), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QCOMPARE(window.mark(row), Mark::Skipped);
    QCOMPARE(window.panel->state(), QStringLiteral("Stopped."));
    QCOMPARE(window.players.player(0)->state(), client::State::Offline);
    QCOMPARE(window.players.player(0)->account().server, QUrl());
    // While its server starts, too.
    window.panel->run();
    window.panel->stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, OneRun);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(window.mark(row), Mark::Running, OneRun);
    window.panel->stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 3, OneRun);
    window.panel->openFile(window.file("right.yaml", Head));
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 4, OneRun);
    QVERIFY2(window.areAll(Mark::Passed), qPrintable(window.panel->state()));
}

void ScenarioPanelTest::closingItInTheMiddleLeavesThePlayersAsTheyWere()
{
    Window window;
    window.panel->openFile(window.file("long.yaml", Head + "  - pause: 60000\n"));
    window.panel->run();
    QTRY_VERIFY_WITH_TIMEOUT(window.players.player(0)->isOnline(), OneRun);
    window.panel.reset();
    QCOMPARE(window.players.player(0)->account().server, QUrl());
    QTRY_COMPARE_WITH_TIMEOUT(window.players.player(0)->state(), client::State::Offline, OneRun);
}

void ScenarioPanelTest::inTheWholeWindowNobodyIsRemembered()
{
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("parley-test"));
    LaunchOptions options;
    options.server = QUrl(QStringLiteral("ws://chat.example:2345"));
    ThemeSwitch theme;
    theme.choose(ThemeChoice::Light);
    MainWindow window(options, theme);
    window.resize(1440, 900);
    window.show();
    const play::Account before = settings::account(QStringLiteral("ClientA"));
    auto *dock = window.findChild<QDockWidget *>(QStringLiteral("scenarios"));
    QVERIFY(dock);
    dock->raise();
    auto *panel = dock->findChild<ScenarioPanel *>();
    QVERIFY(panel);
    panel->setParleyd(QStringLiteral(PARLEYD));
    QSignalSpy finished(panel, &ScenarioPanel::finished);
    panel->setCurrent(1);
    panel->run();
    QTRY_VERIFY_WITH_TIMEOUT(window.players().player(0)->isOnline(), OneRun);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QVERIFY(panel->state().startsWith(QLatin1String("Passed")));
    test::keepImage(&window, QStringLiteral("scenarios-window"));
    QVERIFY(settings::account(QStringLiteral("ClientA")) == before);
    QCOMPARE(window.panes().panes().front()->account().server, options.server);
}

void ScenarioPanelTest::allShippedScenariosPass()
{
    Window window;
    const int count = window.panel->scenarios().rowCount();
    QVERIFY(count >= 12);
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.action("runAll")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, AllRuns);
    QStringList failures;
    for (int row = 0; row < count; ++row) {
        const auto &verdict = window.panel->scenarios().entry(row).verdict;
        if (!verdict || !verdict->passed())
            failures.append(verdict ? verdict->failure : QStringLiteral("it was not run"));
    }
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join(u'\n')));
    const QString total = QStringLiteral("%1 of %1 scenarios passed.").arg(count);
    QVERIFY(std::ranges::any_of(window.panel->findChildren<QLabel *>(),
        [&](const QLabel *label) { return label->text() == total; }));
}

void ScenarioPanelTest::looksWellInLightAndDark()
{
    Window window;
    window.panel->openFile(window.file("wrong.yaml",
        Head
            + "  - send: {from: B, to: alice, body: hi}\n"
              "  - expect: {client: A, frame: {cmd: MESSAGE, body: bye}, within: 300}\n"
              "  - disconnect: A\n"));
    const int wrong = window.panel->current();
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->setCurrent(0);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    window.panel->setCurrent(wrong);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, OneRun);
    const QImage light = window.panel->grab().toImage();
    test::keepImage(window.panel.get(), QStringLiteral("scenarios-light"));
    QApplication::setPalette(darkPalette());
    QTRY_VERIFY(light != window.panel->grab().toImage());
    dress(window.panel.get());
    test::keepImage(window.panel.get(), QStringLiteral("scenarios-dark"));
    window.panel->resize(420, 720);
    QCoreApplication::processEvents();
    test::keepImage(window.panel.get(), QStringLiteral("scenarios-tall"));
    QApplication::setPalette(lightPalette());
}

QTEST_MAIN(ScenarioPanelTest)
#include "panel.moc"
