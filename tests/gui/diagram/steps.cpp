// SPDX-License-Identifier: MIT
// How steps become arrows, beside the plain flows.
#include "gui/diagram/conversation.h"

#include "diagram/describe.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;
using protocol::TraceKind;

class DiagramStepsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void heartbeatsAreCountedAndNotRepeated();
    void aPageIsOneArrow();
    void oneConfirmIsOneDelete();
    void twoConfirmsAreTwoDeletes();
    void aResentMessageIsNotStoredTwice();
    void aRedeliveredMessageIsNotStoredAgain();
    void aNewServersMailboxBeginsAnew();
    void aLateStepGoesWhereItsTimeWantsIt();
    void aServersWrongClockBreaksNoOrder();
    void pipelinedQuestionsGetTheirOwnQueries();
    void usersThatNoPanePlaysAreOthers();
    void droppedStepsAreTold();
    void errorsAndStrangeFrames();
    void labelsAreOneLine();
    void messageKeysFindTheirArrows();
    void lifelinesStandInOrder();
    void theOldestArrowsLeave();
    void hugeIdsAreNotKept();
};

namespace {

QByteArray sendOf(int i)
{
    return "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"\",\"clientId\":\"k"
        + QByteArray::number(i) + "\"}";
}

} // namespace

void DiagramStepsTest::heartbeatsAreCountedAndNotRepeated()
{
    for (const bool isTraced : {false, true}) {
        Conversation talk;
        talk.builder.setTraced(isTraced);
        for (int round = 0; round < 12; ++round) {
            for (int pane = 0; pane < 2; ++pane) {
                talk.sent(pane, Heartbeat);
                if (isTraced)
                    talk.builder.addTrace(talk.presence(pane + 1, "HEARTBEAT", 100));
                talk.received(pane, HeartbeatAnswer);
            }
            talk.tick(5'000'000);
        }
        QCOMPARE(talk.diagram.size(), 6);
        QCOMPARE(talk.lines().first(), QStringLiteral("ClientA → Server: HEARTBEAT ×12"));
        QVERIFY(talk.diagram.at(0).lastUs - talk.diagram.at(0).atUs >= 55'000'000);
        // Whatever comes between begins them anew.
        talk.sent(1, StatusAlice);
        talk.sent(0, Heartbeat);
        QCOMPARE(talk.lines().last(), QStringLiteral("ClientA → Server: HEARTBEAT"));
        QVERIFY(talk.lines({.heartbeats = false}).join(u' ').contains(u"STATUS"));
        QCOMPARE(talk.lines({.heartbeats = false}).size(), 1);
    }
}

void DiagramStepsTest::aPageIsOneArrow()
{
    Conversation talk;
    talk.builder.setTraced(true);
    const auto page = [&](int from, int to) {
        talk.sent(1, "{\"cmd\":\"FETCH\"}");
        for (int seq = from; seq <= to; ++seq)
            talk.builder.addTrace(talk.mailbox(TraceKind::Fetched, seq, 100));
        auto written = talk.mailbox(TraceKind::Written, 0, 200);
        written.cmd = "MESSAGES";
        written.connectionId = "other";
        talk.builder.addTrace(written);
    };
    page(7, 9);
    page(10, 10);
    QStringList selects = talk.lines({}).filter(QStringLiteral("SELECT"));
    QCOMPARE(selects,
        QStringList({QStringLiteral("Database → Server: SELECT unread #7…#9"),
            QStringLiteral("Database → Server: SELECT unread #10")}));
    // Of an empty one the trace has nothing to tell.
    talk.sent(1, "{\"cmd\":\"FETCH\",\"after\":10}");
    talk.received(1, "{\"cmd\":\"MESSAGES\",\"messages\":[],\"more\":false}");
    QCOMPARE(talk.lines({}).mid(talk.lines({}).size() - 3),
        QStringList({QStringLiteral("ClientB → Server: FETCH after #10"),
            QStringLiteral("[Database → Server: SELECT unread: none]"),
            QStringLiteral("Server → ClientB: MESSAGES none")}));
}

void DiagramStepsTest::oneConfirmIsOneDelete()
{
    Conversation talk;
    talk.builder.setTraced(true);
    talk.sent(1, "{\"cmd\":\"CONFIRM\",\"upTo\":9}");
    for (int seq = 7; seq <= 9; ++seq)
        talk.builder.addTrace(talk.mailbox(TraceKind::Removed, seq, 100));
    QCOMPARE(talk.lines(),
        QStringList({QStringLiteral("ClientB → Server: CONFIRM up to #9"),
            QStringLiteral("Server → Database: DELETE unread #7…#9")}));
}

void DiagramStepsTest::twoConfirmsAreTwoDeletes()
{
    Conversation talk;
    talk.builder.setTraced(true);
    talk.sent(1, "{\"cmd\":\"CONFIRM\",\"seqs\":[7]}");
    talk.sent(1, "{\"cmd\":\"CONFIRM\",\"seqs\":[8]}");
    // One commit for both.
    for (int seq = 7; seq <= 8; ++seq) {
        talk.builder.addTrace(talk.mailbox(TraceKind::Confirmed, seq, 100));
        talk.builder.addTrace(talk.mailbox(TraceKind::Removed, seq, 100));
    }
    QCOMPARE(talk.lines().filter(QStringLiteral("DELETE")),
        QStringList({QStringLiteral("Server → Database: DELETE unread #7"),
            QStringLiteral("Server → Database: DELETE unread #8")}));
}

void DiagramStepsTest::aResentMessageIsNotStoredTwice()
{
    Conversation talk;
    for (const char *duplicate : {"", ",\"duplicate\":true"}) {
        talk.sent(0, SendHello);
        talk.received(0, QByteArray(SentHello).replace("}", duplicate + QByteArray("}")));
    }
    QCOMPARE(talk.lines({}),
        QStringList({QStringLiteral("ClientA → Server: SEND → user 2"),
            QStringLiteral("[Server → Database: INSERT unread #9]"),
            QStringLiteral("Server → ClientA: SENT #9"),
            QStringLiteral("ClientA → Server: SEND → user 2"),
            QStringLiteral("Server → ClientA: SENT #9 (duplicate)")}));
}

void DiagramStepsTest::aRedeliveredMessageIsNotStoredAgain()
{
    Conversation talk;
    talk.received(1, MessageHello);
    talk.received(1, MessageHello);
    QCOMPARE(talk.lines().filter(QStringLiteral("INSERT")).size(), 1);
}

void DiagramStepsTest::aNewServersMailboxBeginsAnew()
{
    Conversation talk;
    talk.received(1, MessageHello);
    talk.hello(1, "c2"); // its mailbox never gave out a seq
    talk.received(1, MessageHello);
    QCOMPARE(talk.lines().filter(QStringLiteral("INSERT")).size(), 2);
}

void DiagramStepsTest::aLateStepGoesWhereItsTimeWantsIt()
{
    Conversation talk;
    talk.builder.setTraced(true);
    talk.sent(0, Heartbeat);
    auto other = talk.step(TraceKind::Received, 500);
    other.userId = UserId(7);
    other.cmd = "TRACK";
    talk.sent(0, sendOf(1));
    talk.sent(0, sendOf(2));
    QSignalSpy added(&talk.diagram, &Diagram::arrowAdded);
    talk.builder.addTrace(other);
    QCOMPARE(added.takeFirst().first().value<qsizetype>(), 1);
    // Too long ago: what stands there has been read.
    talk.tick(Diagram::SortWindowUs + 1000);
    talk.sent(0, sendOf(3));
    added.clear();
    talk.builder.addTrace(other);
    QCOMPARE(added.takeFirst().first().value<qsizetype>(), talk.diagram.size() - 1);
}

void DiagramStepsTest::aServersWrongClockBreaksNoOrder()
{
    for (const qint64 wrongUs : {-600'000'000, -150'000, 150'000, 600'000'000}) {
        Conversation talk;
        talk.builder.setTraced(true);
        for (int i = 1; i <= 3; ++i) {
            const QByteArray id = "k" + QByteArray::number(i);
            talk.sent(0, sendOf(i));
            const auto stored = talk.stored(i, id, wrongUs);
            if (i == 1)
                talk.builder.addTrace(stored);
            talk.received(0,
                "{\"cmd\":\"SENT\",\"clientId\":\"" + id
                    + "\",\"receiveUserId\":2,\"seq\":" + QByteArray::number(i) + ",\"time\":1}");
            if (i != 1)
                talk.builder.addTrace(stored);
        }
        const QStringList lines = talk.lines({});
        for (int i = 1; i <= 3; ++i) {
            const auto stored =
                lines.indexOf(QStringLiteral("Server → Database: INSERT unread #%1").arg(i));
            QVERIFY(stored > (i - 1) * 3 - 3);
            QVERIFY2(stored < lines.indexOf(QStringLiteral("Server → ClientA: SENT #%1").arg(i)),
                qPrintable(lines.join(u'\n')));
        }
        QCOMPARE(lines.first(), QStringLiteral("ClientA → Server: SEND → user 2"));
    }
}

void DiagramStepsTest::pipelinedQuestionsGetTheirOwnQueries()
{
    Conversation talk;
    talk.builder.setTraced(true);
    QList<protocol::TraceEvent> late;
    for (int i = 0; i < 2; ++i) {
        talk.sent(1, StatusAlice);
        late.append(talk.presence(2, "STATUS", 3'000'000));
        talk.received(1, AliceIsOnline);
    }
    for (const auto &event : late)
        talk.builder.addTrace(event);
    const QStringList once({QStringLiteral("ClientB → Server: STATUS user 1"),
        QStringLiteral("Server → Database: query presence"),
        QStringLiteral("Server → ClientB: STATUS user 1 online")});
    // Even so late that only causes can tell.
    talk.diagram.clear();
    late.clear();
    for (int i = 0; i < 2; ++i) {
        talk.sent(1, StatusAlice);
        late.append(talk.presence(2, "STATUS", 400'000));
        talk.received(1, AliceIsOnline);
    }
    for (const auto &event : late)
        talk.builder.addTrace(event);
    QCOMPARE(talk.lines(), once + once);
}

void DiagramStepsTest::usersThatNoPanePlaysAreOthers()
{
    Conversation talk;
    talk.builder.setTraced(true);
    talk.opened(0);
    talk.hello(0, "c1");
    talk.diagram.clear();
    auto event = talk.step(TraceKind::Received);
    event.userId = UserId(7);
    event.connectionId = "c7";
    event.cmd = "SEND";
    event.peerUserId = UserId(1);
    talk.builder.addTrace(event);
    event = talk.step(TraceKind::Written);
    event.userId = UserId(1);
    event.seq = Seq(3);
    event.cmd = "MESSAGE";
    event.connectionId = "c1"; // the pane's own
    talk.builder.addTrace(event);
    event.connectionId = "c9"; // the same user from elsewhere
    talk.builder.addTrace(event);
    event = talk.step(TraceKind::Closed);
    event.userId = UserId(7);
    event.connectionId = "c7";
    event.code = "4508";
    talk.builder.addTrace(event);
    QCOMPARE(talk.lines(),
        QStringList({QStringLiteral("Others → Server: user 7: SEND → user 1"),
            QStringLiteral("Server → Others: user 1: MESSAGE #3"),
            QStringLiteral("Others: user 7: closed 4508")}));
    QCOMPARE(talk.diagram.lifelines().last().name, QStringLiteral("Others"));
    talk.diagram.clear();
    QCOMPARE(talk.diagram.lifelines().size(), 4);
}

void DiagramStepsTest::droppedStepsAreTold()
{
    Conversation talk;
    talk.builder.setTraced(true);
    auto event = talk.stored(1, "k");
    event.dropped = 12;
    talk.builder.addTrace(event);
    QCOMPARE(talk.lines().first(), QStringLiteral("Server: 12 steps of the server missed"));
}

void DiagramStepsTest::errorsAndStrangeFrames()
{
    Conversation talk;
    talk.sent(0, "{nonsense");
    talk.sent(0, "{\"cmd\":\"DANCE\\nnow\"}");
    auto binary = frames::makeFrame(0, frames::Kind::Sent, UserId(1), "\xff\xfe", talk.nowUs);
    binary.isBinary = true;
    talk.log.append(binary);
    talk.received(0, "{\"cmd\":\"ERROR\",\"code\":\"bad_json\",\"message\":\"no\"}");
    talk.ended(0, 4400, "too many bad frames");
    QCOMPARE(talk.lines(),
        QStringList({QStringLiteral("ClientA → Server: not a command, 9 bytes"),
            QStringLiteral("ClientA → Server: DANCE now"),
            QStringLiteral("ClientA → Server: binary, 2 bytes"),
            QStringLiteral("Server → ClientA: ERROR bad_json"),
            QStringLiteral("ClientA → Server: connect as user 1"),
            QStringLiteral("ClientA: not connected: too many bad frames")}));
}

void DiagramStepsTest::labelsAreOneLine()
{
    QCOMPARE(plainText("a\nb\tc\xe2\x80\xaeX\0"), QStringLiteral("a b c X"));
    QCOMPARE(plainText(QByteArray(100, 'x'), 8), QStringLiteral("xxxxxxx…"));
    // No half of a character.
    const QString cut = plainText(QByteArray("abc") + QStringLiteral("😀😀😀").toUtf8(), 5);
    QCOMPARE(cut, QStringLiteral("abc…"));
}

void DiagramStepsTest::messageKeysFindTheirArrows()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    talk.sent(1, "{\"cmd\":\"CONFIRM\",\"upTo\":8}");
    talk.received(1, MessageHello);
    talk.sent(1, "{\"cmd\":\"CONFIRM\",\"upTo\":9}");
    const MessageKey key{UserId(2), Seq(9), "m1"};
    QStringList found;
    for (qsizetype i = 0; i < talk.diagram.size(); ++i)
        if (key.isOf(talk.diagram.at(i)))
            found.append(talk.diagram.at(i).label);
    QCOMPARE(found,
        QStringList({QStringLiteral("SEND → user 2"), QStringLiteral("INSERT unread #9"),
            QStringLiteral("SENT #9"), QStringLiteral("MESSAGE #9"),
            QStringLiteral("CONFIRM up to #9")}));
    QVERIFY(MessageKey().isNull());
    QVERIFY(!MessageKey().isOf(talk.diagram.at(2)));
}

void DiagramStepsTest::lifelinesStandInOrder()
{
    Conversation talk;
    QSignalSpy changed(&talk.diagram, &Diagram::lifelinesChanged);
    talk.log.setPaneName(2, QStringLiteral("Carol\n<b>"));
    talk.sent(2, Heartbeat);
    QVERIFY(changed.count() > 0);
    const auto names = [&] {
        QStringList out;
        for (const Lifeline &line : talk.diagram.lifelines())
            out.append(line.name);
        return out.join(u' ');
    };
    QCOMPARE(names(), QStringLiteral("ClientA Server Database ClientB Carol <b>"));
    QCOMPARE(talk.diagram.columnOf(lineOfPane(0)), 0);
    QCOMPARE(talk.diagram.columnOf(ServerLine), 1);
    QCOMPARE(talk.diagram.columnOf(lineOfPane(2)), 4);
    talk.diagram.removePane(2);
    QCOMPARE(talk.diagram.lifelines().size(), 5);
    talk.diagram.clear();
    QCOMPARE(names(), QStringLiteral("ClientA Server Database ClientB"));
    talk.log.flush(); // without rows there is nothing to tell of a new name
    talk.log.setPaneName(0, QStringLiteral("Alice"));
    QCOMPARE(talk.diagram.nameOf(lineOfPane(0)), QStringLiteral("Alice"));
}

void DiagramStepsTest::theOldestArrowsLeave()
{
    Conversation talk;
    talk.builder.setTraced(true);
    QSignalSpy dropped(&talk.diagram, &Diagram::arrowsDropped);
    for (qsizetype i = 0; i <= Diagram::MostArrows; ++i)
        talk.sent(0, sendOf(int(i)));
    QCOMPARE(dropped.count(), 1);
    QVERIFY(talk.diagram.size() < Diagram::MostArrows);
    QCOMPARE(talk.diagram.at(0).number, dropped.first().first().value<qsizetype>() + 1);
    QCOMPARE(talk.diagram.indexOf(1), -1);
    QCOMPARE(talk.diagram.at(talk.diagram.indexOfFrame(Diagram::MostArrows)).frame,
        qint64(Diagram::MostArrows));
}

void DiagramStepsTest::hugeIdsAreNotKept()
{
    Conversation talk;
    talk.sent(0, "{\"cmd\":\"SEND\",\"clientId\":\"" + QByteArray(100'000, 'x') + "\"}");
    QVERIFY(talk.diagram.at(0).clientId.isEmpty());
    talk.sent(0, "{\"cmd\":\"" + QByteArray(100'000, 'X') + "\"}");
    QVERIFY(talk.diagram.at(1).label.size() < 50);
}

QTEST_GUILESS_MAIN(DiagramStepsTest)
#include "steps.moc"
