// SPDX-License-Identifier: MIT
#include "play/players.h"
#include "support/testserver.h"
#include "ui/faults/faultrow.h"
#include "ui/faults/faultspanel.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::play;
using namespace parley::ui;
using test::TestServer;

class FaultsPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aFaultIsRunAndJudgedAndShowsItsFrame();
    void oneIsRunAtATimeInAPaneAndCanBeStopped();
    void eachPaneHasItsOwnResults();
    void whatIsNotConnectedSaysSo();
    void closingItWhileOneRunsLeavesThePlayerAsHeWas();

private:
    FaultRow *row(FaultKind kind) { return panel->findChildren<FaultRow *>()[qsizetype(kind)]; }
    static QPushButton *button(FaultRow *row, const QString &begin)
    {
        for (auto *button : row->findChildren<QPushButton *>()) {
            if (button->text().startsWith(begin))
                return button;
        }
        return nullptr;
    }

    std::unique_ptr<TestServer> server;
    std::unique_ptr<Players> players;
    std::unique_ptr<FaultsPanel> panel;
    Player *alice = nullptr;
};

void FaultsPanelTest::init()
{
    server = std::make_unique<TestServer>();
    players = std::make_unique<Players>();
    alice = players->addPlayer();
    players->addPlayer();
    Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server->port()));
    account.way = Account::Way::SecretKey;
    account.userId = UserId(1);
    account.secretKey = TestServer::SecretKey;
    alice->setAccount(account);
    alice->connectToServer();
    QTRY_VERIFY_WITH_TIMEOUT(alice->isOnline(), 10'000);
    panel = std::make_unique<FaultsPanel>(*players);
    panel->resize(320, 700);
    panel->show();
}

void FaultsPanelTest::cleanup()
{
    panel.reset();
    players.reset();
    server.reset();
}

void FaultsPanelTest::aFaultIsRunAndJudgedAndShowsItsFrame()
{
    QSignalSpy finished(panel.get(), &FaultsPanel::faultFinished);
    QSignalSpy selected(panel.get(), &FaultsPanel::frameSelected);
    FaultRow *malformed = row(FaultKind::Malformed);
    QVERIFY(!button(malformed, QStringLiteral("No."))->isVisible());
    auto *run = button(malformed, QStringLiteral("Run"));
    run->setFocus();
    QTest::keyClick(run, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10'000);
    const auto outcome = panel->outcome(FaultKind::Malformed);
    QCOMPARE(outcome.state, FaultCheck::State::Met);
    button(malformed, QStringLiteral("No."))->click();
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0][0].toLongLong(), outcome.frame);
    QCOMPARE(players->log().frame(outcome.frame)->code, QByteArray("bad_json"));
}

void FaultsPanelTest::oneIsRunAtATimeInAPaneAndCanBeStopped()
{
    panel->run(FaultKind::StopHeartbeats);
    QVERIFY(!alice->heartbeat());
    QVERIFY(!button(row(FaultKind::Flood), QStringLiteral("Run"))->isEnabled());
    panel->run(FaultKind::Malformed);
    QCOMPARE(panel->outcome(FaultKind::Malformed).state, FaultCheck::State::NotTried);
    button(row(FaultKind::StopHeartbeats), QStringLiteral("Stop"))->click();
    QVERIFY(alice->heartbeat());
    QCOMPARE(panel->outcome(FaultKind::StopHeartbeats).state, FaultCheck::State::NotTried);
    QVERIFY(button(row(FaultKind::Flood), QStringLiteral("Run"))->isEnabled());
}

void FaultsPanelTest::eachPaneHasItsOwnResults()
{
    QSignalSpy finished(panel.get(), &FaultsPanel::faultFinished);
    panel->run(FaultKind::Malformed);
    panel->setPane(1);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10'000);
    QCOMPARE(panel->outcome(FaultKind::Malformed).state, FaultCheck::State::NotTried);
    panel->setPane(0);
    QCOMPARE(panel->outcome(FaultKind::Malformed).state, FaultCheck::State::Met);
}

void FaultsPanelTest::whatIsNotConnectedSaysSo()
{
    panel->setPane(1);
    panel->run(FaultKind::Binary);
    const auto outcome = panel->outcome(FaultKind::Binary);
    QCOMPARE(outcome.state, FaultCheck::State::NotTried);
    QVERIFY(outcome.text.contains(QLatin1String("ClientB")));
}

void FaultsPanelTest::closingItWhileOneRunsLeavesThePlayerAsHeWas()
{
    panel->run(FaultKind::StopHeartbeats);
    QVERIFY(!alice->heartbeat());
    panel.reset();
    QVERIFY(alice->heartbeat());
}

QTEST_MAIN(FaultsPanelTest)
#include "panel.moc"
