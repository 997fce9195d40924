// SPDX-License-Identifier: MIT
#include "play/draft.h"
#include "play/players.h"
#include "support/testserver.h"
#include "ui/inspector/composerpanel.h"

#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::play;
using namespace parley::ui;
using test::TestServer;

class InspectorComposer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theForecastIsWhatTheServerAnswers();
    void fillingsAreFilledIn();
    void whatIsTooLargeOrNoHexIsNotSent_data();
    void whatIsTooLargeOrNoHexIsNotSent();
    void theHintFollowsWhatIsWritten();
    void ctrlEnterSendsAndCtrlUpRecalls();
    void fiftyAreRemembered();
};

namespace {

void connectTo(const TestServer &server, Player &player)
{
    Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port()));
    account.way = Account::Way::SecretKey;
    account.userId = UserId(1);
    account.secretKey = TestServer::SecretKey;
    player.setAccount(account);
    player.connectToServer();
    QTRY_VERIFY_WITH_TIMEOUT(player.isOnline(), 10'000);
}

// The first thing that the server says, or ends the connection with, after it was sent the frame.
QString answerOf(Players &players, Player &player, const QByteArray &frame, bool isBinary)
{
    QString answer;
    QObject context;
    QObject::connect(
        &players.log(), &frames::FrameLog::appended, &context, [&](const frames::Frame &heard) {
            if (!answer.isEmpty() || heard.kind == frames::Kind::Sent || heard.cmd == "MESSAGE")
                return;
            answer = QString::fromUtf8(heard.kind == frames::Kind::Ended
                    ? "Closed with " + heard.code
                    : heard.cmd + (heard.code.isEmpty() ? "" : " ") + heard.code);
        });
    isBinary ? player.sendBinary(frame) : player.sendRaw(frame);
    return QTest::qWaitFor([&] { return !answer.isEmpty(); }, 10'000) ? answer : QString();
}

} // namespace

// Every template that is answered at all, against the real server.
void InspectorComposer::theForecastIsWhatTheServerAnswers()
{
    for (const DraftTemplate &row : draftTemplates()) {
        const TestServer server;
        Players players;
        Player &player = *players.addPlayer();
        connectTo(server, player);
        const auto frame = bytesOf(row.draft);
        QVERIFY(frame);
        const Forecast expected = forecast(*frame, row.draft.isHex, player.serverLimits());
        QString answer = answerOf(players, player, *frame, row.draft.isHex);
        if (row.title == QLatin1String("Nobody's userId")) {
            QCOMPARE(answer, QStringLiteral("ERROR unknown_user")); // only the server knows
            continue;
        }
        QVERIFY2(!answer.isEmpty() && expected.text.startsWith(answer),
            qPrintable(
                row.title + QLatin1String(": ") + answer + QLatin1String(" / ") + expected.text));
        QCOMPARE(expected.isTaken,
            !answer.startsWith(QLatin1String("ERROR"))
                && !answer.startsWith(QLatin1String("Closed")));
    }
}

void InspectorComposer::fillingsAreFilledIn()
{
    QCOMPARE(*bytesOf({QStringLiteral("a{{x 3}}b{{nest 2}}c"), false}), QByteArray("axxxb[[]]c"));
    QCOMPARE(*bytesOf({QStringLiteral("{{x}} {{y 2}} {{x -1}}"), false}),
        QByteArray("{{x}} {{y 2}} {{x -1}}"));
    const auto first = bytesOf({QStringLiteral("{{newId}}"), false});
    QVERIFY(first->size() > 8);
    QVERIFY(*first != *bytesOf({QStringLiteral("{{newId}}"), false}));
    QCOMPARE(*bytesOf({QStringLiteral("00 fF\n7b"), true}), QByteArray::fromHex("00ff7b"));
}

void InspectorComposer::whatIsTooLargeOrNoHexIsNotSent_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isHex");
    QTest::newRow("much") << QStringLiteral("{{x 99999999}}") << false;
    QTest::newRow("much, in parts") << QStringLiteral("{{x 5000000}}{{x 5000000}}") << false;
    QTest::newRow("deep") << QStringLiteral("{{nest 9999999}}") << false;
    QTest::newRow("no digits") << QStringLiteral("0g") << true;
    QTest::newRow("half a byte") << QStringLiteral("001") << true;
}

void InspectorComposer::whatIsTooLargeOrNoHexIsNotSent()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isHex);
    const auto bytes = bytesOf({text, isHex});
    QVERIFY(!bytes && !bytes.failure().text.isEmpty());
}

void InspectorComposer::theHintFollowsWhatIsWritten()
{
    const TestServer server;
    Players players;
    ComposerPanel panel(players);
    QVERIFY(!panel.hint().isEmpty()); // no pane
    Player &player = *players.addPlayer();
    panel.setDraft({QStringLiteral("{"), false});
    QVERIFY(panel.hint().contains(player.name())); // not connected
    connectTo(server, player);
    QVERIFY(panel.hint().contains(QLatin1String("ERROR bad_json")));
    auto *editor = panel.findChild<QPlainTextEdit *>();
    editor->setPlainText(QStringLiteral("{\"cmd\":\"SEND\",\"receiveUserId\":\"2\"}"));
    QTRY_VERIFY(panel.hint().contains(QLatin1String("ERROR bad_field: receiveUserId")));
    editor->setPlainText(QStringLiteral("{\"cmd\":\"FETCH\"}"));
    QTRY_VERIFY(panel.hint().contains(QLatin1String("MESSAGES")));
    panel.setDraft({QStringLiteral("zz"), true});
    QVERIFY(panel.hint().contains(QLatin1String("0-9")));
}

void InspectorComposer::ctrlEnterSendsAndCtrlUpRecalls()
{
    const TestServer server;
    Players players;
    Player &player = *players.addPlayer();
    connectTo(server, player);
    ComposerPanel panel(players);
    QSignalSpy sent(&panel, &ComposerPanel::frameSent);
    auto *editor = panel.findChild<QPlainTextEdit *>();
    for (const char *text : {"one", "two", "two"}) {
        panel.setDraft({QString::fromLatin1(text), false});
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
    }
    QCOMPARE(sent.size(), 3);
    QCOMPARE(panel.history().size(), 2);
    panel.setDraft({QStringLiteral("new"), false});
    QTest::keyClick(editor, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(panel.draft().text, QStringLiteral("two"));
    QTest::keyClick(editor, Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(editor, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(panel.draft().text, QStringLiteral("one"));
    QTest::keyClick(editor, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(panel.draft().text, QStringLiteral("two"));
    QCOMPARE(players.log().frame(players.log().lastNumber())->pane, 0);
}

void InspectorComposer::fiftyAreRemembered()
{
    const TestServer server([](app::Settings &settings) { settings.limits.commandsPerSecond = 0; });
    Players players;
    Player &player = *players.addPlayer();
    connectTo(server, player);
    ComposerPanel panel(players);
    for (int i = 0; i < 60; ++i) {
        panel.setDraft({QStringLiteral("{\"cmd\":\"HEARTBEAT\",\"ref\":%1}").arg(i), false});
        panel.send();
    }
    QCOMPARE(panel.history().size(), ComposerPanel::MostHistory);
    QVERIFY(panel.history().first().text.contains(QLatin1String("59")));
}

QTEST_MAIN(InspectorComposer)
#include "composer.moc"
