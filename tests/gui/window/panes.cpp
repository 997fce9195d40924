// SPDX-License-Identifier: MIT
// What is done in the client panes, against a real server.
#include "gui/window/fixture.h"
#include "support/testserver.h"
#include "ui/pane/conversationview.h"

#include <QLabel>
#include <QLineEdit>
#include <QTcpServer>

using namespace parley;
using namespace parley::test;
using play::Life;

class PanesTest : public QObject {
    Q_OBJECT

    std::optional<OwnSettings> m_settings;

    static void connectBoth(Window &window, const TestServer &server)
    {
        window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user1")));
        window.pane(1).setAccount(bySecretKey(server.port(), 2, TestServer::SecretKey));
        window.click(0, "connect");
        window.click(1, "connect");
        QVERIFY(window.isOnline(0));
        QVERIFY(window.isOnline(1));
    }

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void aMessageGoesFromPaneToPaneAndComesToBeConfirmed()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        if (QTest::currentTestFailed())
            return;
        QVERIFY(!window.pane(0).isFormShown());
        // Nobody need say to whom: there is one other pane.
        auto *text = window.find<QWidget>(0, "message");
        QTRY_VERIFY(text->isEnabled());
        QTest::keyClicks(text, QStringLiteral("hello"));
        window.click(0, "send");
        QVERIFY(window.hasBubbles(1, 1));
        QCOMPARE(window.last(1).body, QStringLiteral("hello"));
        QVERIFY(!window.last(1).isMine);
        QVERIFY(window.reaches(0, Life::Confirmed));
        QVERIFY(window.reaches(1, Life::Confirmed));
        QCOMPARE(window.last(0).seq, Seq(1));
        QTRY_COMPARE(window.find<QLabel>(0, "presence")->text(), QStringLiteral("online"));
    }

    void whatCameWhileOfflineIsCountedFetchedAndConfirmed()
    {
        const TestServer server;
        Window window;
        window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user1")));
        window.pane(1).setAccount(byPassword(server.port(), QStringLiteral("user2")));
        window.click(1, "autoConfirm");
        window.click(0, "connect");
        QVERIFY(window.isOnline(0));
        window.player(0).send(UserId(2), QStringLiteral("for later"));
        QVERIFY(window.reaches(0, Life::Stored));
        window.click(1, "connect");
        auto *fetch = window.find<QAbstractButton>(1, "fetch");
        QTRY_COMPARE(fetch->text(), QStringLiteral("FE&TCH (1)"));
        QTRY_VERIFY(window.pane(1).message().contains(QStringLiteral("1 unread")));
        window.click(1, "fetch");
        QVERIFY(window.hasBubbles(1, 1));
        QCOMPARE(window.last(1).life, Life::Delivered);
        QTRY_VERIFY(window.pane(1).message().isEmpty());
        QVERIFY(window.reaches(0, Life::Delivered));
        QCOMPARE(fetch->text(), QStringLiteral("FE&TCH (1)"));
        window.click(1, "confirmAll");
        QVERIFY(window.reaches(1, Life::Confirmed));
        QVERIFY(window.reaches(0, Life::Confirmed));
        QTRY_COMPARE(fetch->text(), QStringLiteral("FE&TCH"));
    }

    void aPaneThatIsRemovedIsGoneAndCanComeAgain()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        window.main.addPane();
        window.pane(2).setAccount(bySecretKey(server.port(), 3, TestServer::SecretKey));
        window.click(2, "connect");
        QVERIFY(window.isOnline(2));
        QVERIFY(window.find<QWidget>(1, "remove")->isHidden());
        window.click(2, "remove");
        QTRY_COMPARE(window.main.panes().panes().size(), size_t(2));
        QCOMPARE(window.main.players().all().size(), size_t(2));
        const auto &log = window.main.players().log();
        QCOMPARE(log.frame(log.lastNumber())->kind, frames::Kind::Ended);
        QCOMPARE(log.frame(log.lastNumber())->pane, 2);
        // Two stay, whoever asks.
        window.main.removePane();
        QCOMPARE(window.main.panes().panes().size(), size_t(2));

        window.main.addPane();
        window.pane(2).setAccount(bySecretKey(server.port(), 3, TestServer::SecretKey));
        window.click(2, "connect");
        QVERIFY(window.isOnline(2));
        window.player(2).send(UserId(2), QStringLiteral("here again"));
        QVERIFY(window.hasBubbles(1, 1));
        QVERIFY(window.reaches(2, Life::Confirmed));
    }

    void theSelectedMessageAloneIsConfirmedByItsKey()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        window.click(1, "autoConfirm");
        window.player(0).send(UserId(2), QStringLiteral("first"));
        window.player(0).send(UserId(2), QStringLiteral("second"));
        QVERIFY(window.hasBubbles(1, 2));
        auto *view = window.find<ui::ConversationView>(1, "conversation");
        view->setCurrentIndex(view->model()->index(1, 0));
        QTest::keyClick(view, Qt::Key_C);
        QVERIFY(window.reaches(1, Life::Confirmed));
        QCOMPARE(window.player(1).conversation().bubble(0).life, Life::Delivered);
        QCOMPARE(window.find<QAbstractButton>(1, "confirmAll")->text(),
            QStringLiteral("Confir&m all (1)"));
    }

    void aWrongPasswordIsSaidInWordsUntilItIsRight()
    {
        const TestServer server;
        Window window;
        window.pane(0).setAccount(
            byPassword(server.port(), QStringLiteral("user1"), QStringLiteral("wrong")));
        window.click(0, "connect");
        QTRY_VERIFY(window.pane(0).message().contains(QStringLiteral("wrong password")));
        QVERIFY(window.pane(0).isFormShown());
        QVERIFY(window.find<QLabel>(0, "state")->text().startsWith(QStringLiteral("Refused")));
        auto *password = window.find<QLineEdit>(0, "password");
        password->setText(QStringLiteral("secret"));
        QTest::keyClick(password, Qt::Key_Return);
        QVERIFY(window.isOnline(0));
        QCOMPARE(window.pane(0).message(), QString());
    }

    void whatIsMissingIsSaidBeforeAnythingIsTried()
    {
        Window window;
        window.click(0, "connect");
        QCOMPARE(window.pane(0).message(), QStringLiteral("A user name is needed."));
        QCOMPARE(window.player(0).state(), client::State::Offline);
        QVERIFY(!window.find<QAbstractButton>(0, "send")->isEnabled());
    }

    void withoutAServerThePaneSaysSoAndComesBackByItself()
    {
        QTcpServer place;
        QVERIFY(place.listen(QHostAddress::LocalHost, 0));
        const quint16 port = place.serverPort();
        place.close();
        Window window;
        window.pane(0).setAccount(bySecretKey(port, 1, TestServer::SecretKey));
        window.click(0, "connect");
        QTRY_VERIFY(window.pane(0).message().contains(
            QStringLiteral("No server answers at ws://127.0.0.1:%1").arg(port)));
        QVERIFY(window.pane(0).message().contains(QStringLiteral("./scripts/run.sh")));
        const TestServer server(
            [port](app::Settings &settings) { settings.listen.front().port = port; });
        QTRY_VERIFY_WITH_TIMEOUT(window.player(0).isOnline(), 30'000);
        QCOMPARE(window.pane(0).message(), QString());
    }

    void aRefusedMessageIsSaidInTheBubbleAndInTheBar()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        window.player(0).send(UserId(77), QStringLiteral("to nobody"));
        QVERIFY(window.reaches(0, Life::Failed));
        QVERIFY(!window.last(0).failure.isEmpty());
        QVERIFY(window.pane(0).message().startsWith(QStringLiteral("unknown_user:")));
    }

    void whatIsWrittenOfflineIsSentOnceOnline()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        window.click(0, "connect");
        QTRY_COMPARE(window.player(0).state(), client::State::Offline);
        auto *text = window.find<QWidget>(0, "message");
        QTest::keyClicks(text, QStringLiteral("soon"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(window.hasBubbles(0, 1));
        QCOMPARE(window.last(0).life, Life::Sending);
        window.click(0, "connect");
        QVERIFY(window.reaches(0, Life::Confirmed));
    }

    void whatAnotherAccountWasSendingIsToldToHaveFailed()
    {
        const TestServer server;
        Window window;
        connectBoth(window, server);
        window.click(0, "connect");
        QTRY_COMPARE(window.player(0).state(), client::State::Offline);
        window.player(0).send(UserId(2), QStringLiteral("never"));
        window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user3")));
        window.click(0, "connect");
        QVERIFY(window.isOnline(0));
        QCOMPARE(window.last(0).life, Life::Failed);
    }

    void theHeartbeatIsSwitchedWhereItIsShown()
    {
        Window window;
        window.click(0, "heartbeat");
        QVERIFY(!window.player(0).heartbeat());
        window.click(0, "heartbeat");
        QVERIFY(window.player(0).heartbeat());
    }

    void fromStartToFirstMessageByKeyboardAlone()
    {
        const TestServer server;
        ui::LaunchOptions options;
        options.server = urlOf(server.port());
        Window window(options);
        window.main.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window.main));
        const auto type = [](const char *text) {
            QTest::keyClicks(QApplication::focusWidget(), QLatin1String(text));
        };
        const auto press = [](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(QApplication::focusWidget(), key, modifiers);
        };
        const auto signIn = [&](const char *name) {
            type(name);
            press(Qt::Key_Tab);
            type("secret");
            press(Qt::Key_Return);
        };
        signIn("user1");
        QVERIFY(window.isOnline(0));
        press(Qt::Key_F6);
        signIn("user2");
        QVERIFY(window.isOnline(1));
        press(Qt::Key_1, Qt::ControlModifier);
        type("by hand");
        press(Qt::Key_Return);
        QVERIFY(window.hasBubbles(1, 1));
        QCOMPARE(window.last(1).body, QStringLiteral("by hand"));
    }
};

QTEST_MAIN(PanesTest)
#include "panes.moc"
