// SPDX-License-Identifier: MIT
// What the panel of scenarios reads, records and writes, and where it runs.
#include "gui/images.h"
#include "gui/scenario/panel_window.h"
#include "support/daemon.h"
#include "ui/scenario/recordeddialog.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::ui;
using test::Head;
using test::OneRun;
using Window = test::ScenarioWindow;

class ScenarioPanelFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileThatIsNoScenarioSaysWhere();
    void withoutAServerItSaysSo();
    void thePanesServerIsUsedWhereThatCanBe();
    void whatAnotherServerHadIsNotMissedAtThePanes();
    void recordedByHandAndRunAgain();
    void nothingRecordedSaysSo();
    void theReportIsSaved();
};

void ScenarioPanelFilesTest::aFileThatIsNoScenarioSaysWhere()
{
    Window window;
    const QString path = window.file("broken.yaml", Head + "  - jump: high\n");
    window.panel->openFile(path);
    QVERIFY(!window.action("run")->isEnabled());
    QVERIFY(window.panel->state().contains(QLatin1String("broken.yaml:8: ")));
    // It is mended, and read again by itself.
    window.file("broken.yaml", Head);
    window.panel->openFile(path);
    QVERIFY(window.action("run")->isEnabled());
    QCOMPARE(window.marks().size(), size_t(3));
}

void ScenarioPanelFilesTest::withoutAServerItSaysSo()
{
    Window window;
    window.panel->setParleyd(QStringLiteral("/nowhere/parleyd"));
    QVERIFY(!window.action("run")->isEnabled());
    QVERIFY(!window.action("runAll")->isEnabled());
    QVERIFY(window.panel->state().contains(QLatin1String("There is no server at /nowhere")));
    window.panel->run();
    QVERIFY(!window.panel->isRunning());
}

void ScenarioPanelFilesTest::thePanesServerIsUsedWhereThatCanBe()
{
    Window window;
    const QByteArray key = "a-secret-key";
    test::Daemon daemon(QStringLiteral(PARLEYD),
        QStringLiteral("sqlite:") + window.folder.filePath(QStringLiteral("panes.db")),
        window.folder.path(), key);
    const QStringList import{QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")};
    QVERIFY(daemon.administer(import, "1,alice\n2,bob\n"));
    QVERIFY(daemon.start());
    window.panel->setWhere(ScenarioPanel::Where::PanesServer);
    window.panel->openFile(window.file("own.yaml", "server: {limits.window: 5}\n" + Head));
    QVERIFY(!window.action("run")->isEnabled());
    QVERIFY(window.panel->state().contains(QLatin1String("needs one of its own")));
    window.panel->openFile(window.file("right.yaml", Head));
    play::Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(daemon.port()));
    window.panes->panes().front()->setAccount(account);
    QVERIFY(window.panel->state().contains(QLatin1String("ClientA has no secret key")));
    account.way = play::Account::Way::SecretKey;
    account.userId = UserId(1);
    account.secretKey = key;
    window.panes->panes().front()->setAccount(account);
    QVERIFY(window.action("run")->isEnabled());
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QVERIFY2(window.areAll(Mark::Passed), qPrintable(window.panel->state()));
}

void ScenarioPanelFilesTest::whatAnotherServerHadIsNotMissedAtThePanes()
{
    Window window;
    const QByteArray key = "a-secret-key";
    test::Daemon daemon(QStringLiteral(PARLEYD),
        QStringLiteral("sqlite:") + window.folder.filePath(QStringLiteral("empty.db")),
        window.folder.path(), key);
    const QStringList import{QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")};
    QVERIFY(daemon.administer(import, "1,alice\n2,bob\n"));
    QVERIFY(daemon.start());
    window.panel->openFile(window.file("right.yaml", Head));
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QCOMPARE(window.observers.auditor().verdict(), audit::Verdict::Good);
    play::Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(daemon.port()));
    account.way = play::Account::Way::SecretKey;
    account.userId = UserId(2);
    account.secretKey = key;
    window.panes->panes()[1]->setAccount(account);
    window.panes->panes()[1]->connectToServer();
    QTRY_VERIFY_WITH_TIMEOUT(window.players.player(1)->isOnline(), OneRun);
    window.observers.auditor().conclude();
    QVERIFY(window.observers.auditor().findings().empty());
    QCOMPARE(window.observers.auditor().verdict(), audit::Verdict::Idle);
}

void ScenarioPanelFilesTest::recordedByHandAndRunAgain()
{
    Window window;
    test::Daemon daemon(QStringLiteral(PARLEYD),
        QStringLiteral("sqlite:") + window.folder.filePath(QStringLiteral("hand.db")),
        window.folder.path(), "a-secret-key");
    const QStringList import{QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")};
    QVERIFY(daemon.administer(import, "1,alice,demo\n2,bob,demo\n"));
    QVERIFY(daemon.start());
    window.action("record")->trigger();
    QVERIFY(window.panel->isRecording());
    QVERIFY(!window.action("run")->isEnabled());
    for (int pane = 0; pane < 2; ++pane) {
        play::Account account;
        account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(daemon.port()));
        account.username = pane == 0 ? QStringLiteral("alice") : QStringLiteral("bob");
        account.password = QStringLiteral("demo");
        window.panes->panes()[size_t(pane)]->setAccount(account);
        window.panes->panes()[size_t(pane)]->connectToServer();
        QTRY_VERIFY_WITH_TIMEOUT(window.players.player(pane)->isOnline(), OneRun);
    }
    QSignalSpy received(window.players.player(1), &play::Player::messageReceived);
    window.players.player(0)->send(UserId(2), QStringLiteral("by hand"));
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), 1, OneRun);
    QTRY_COMPARE_WITH_TIMEOUT(window.players.player(1)->unread(), 0, OneRun);
    QVERIFY(window.isSaid(QStringLiteral("Recording, ")));
    window.action("record")->trigger();
    QVERIFY(!window.panel->isRecording());
    auto *dialog = window.panel->findChild<RecordedDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->text().contains("by hand"));
    QVERIFY(!dialog->text().contains("a-secret-key"));
    test::keepImage(dialog, QStringLiteral("recorded"));
    const QString saved = window.folder.filePath(QStringLiteral("saved.yaml"));
    dialog->saveTo(saved);
    QVERIFY(scenario::load(saved));
    const int rows = window.panel->scenarios().rowCount();
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    dialog->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QVERIFY2(window.areAll(Mark::Passed), qPrintable(window.panel->state()));
    // As the file that it was saved as, which is there already.
    QCOMPARE(window.panel->scenarios().rowCount(), rows);
}

void ScenarioPanelFilesTest::nothingRecordedSaysSo()
{
    Window window;
    window.panel->setRecording(true);
    window.panel->setRecording(false);
    QVERIFY(!window.panel->findChild<RecordedDialog *>());
    QVERIFY(window.isSaid(QStringLiteral("Nothing was recorded")));
}

void ScenarioPanelFilesTest::theReportIsSaved()
{
    Window window;
    QVERIFY(!window.action("report")->isEnabled());
    window.panel->openFile(window.file("right.yaml", Head));
    QSignalSpy finished(window.panel.get(), &ScenarioPanel::finished);
    window.panel->run();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, OneRun);
    QVERIFY(window.action("report")->isEnabled());
    const auto contents = [&](const char *name) {
        QFile file(window.folder.filePath(QLatin1String(name)));
        window.panel->saveReport(file.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray html = contents("out.html");
    QVERIFY(html.contains("<svg") && html.contains("parleyd"));
    QVERIFY(contents("out.xml").contains("<testsuite "));
    window.panel->saveReport(QStringLiteral("/nowhere/out.html"));
    QVERIFY(window.isSaid(QStringLiteral("out.html could not be written")));
}

QTEST_MAIN(ScenarioPanelFilesTest)
#include "panel_files.moc"
