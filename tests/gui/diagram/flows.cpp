// SPDX-License-Identifier: MIT
// The four flows as they were first drawn.
#include "gui/diagram/conversation.h"

#include <QTest>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;
using protocol::TraceKind;

class DiagramFlowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checkStatus_data();
    void checkStatus();
    void aHeartbeatIsWrittenWhenTheServerSaysSo();
    void sendOnline_data();
    void sendOnline();
    void sendOffline_data();
    void sendOffline();
    void loginAndConnect();
    void connectWithoutATrace();
    void refused();
    void answersAreDrawnOnRequest();
};

namespace {

// How the steps of the server become known.
enum Told { AtOnce, Late, Early, NotAtAll };

void everyWay()
{
    QTest::addColumn<int>("told");
    QTest::newRow("the trace is there at once") << int(AtOnce);
    QTest::newRow("the trace comes after everything") << int(Late);
    QTest::newRow("the trace comes before the frame that it proves") << int(Early);
    QTest::newRow("without a trace") << int(NotAtAll);
}

// Steps that are told now, or kept for later.
class Telling {
public:
    Telling(Conversation &conversation, int told)
        : m_conversation(conversation)
        , m_told(told)
    {
        conversation.builder.setTraced(told != NotAtAll);
    }
    ~Telling() { tellAll(); }
    void tell(const protocol::TraceEvent &event)
    {
        if (m_told == Late)
            m_late.append(event);
        else if (m_told != NotAtAll)
            m_conversation.builder.addTrace(event);
    }
    void tellAll()
    {
        for (const auto &event : std::as_const(m_late))
            m_conversation.builder.addTrace(event);
        m_late.clear();
    }
    // A time of the server that is of no use when it is told early.
    qint64 us() const { return m_told == Early ? 5000 : 400; }

private:
    Conversation &m_conversation;
    const int m_told;
    QList<protocol::TraceEvent> m_late;
};

// The lines, of which those in brackets are inferred when nothing is told.
QStringList expected(int told, QStringList lines)
{
    for (QString &line : lines)
        if (told == NotAtAll && line.startsWith(QStringLiteral("Server → Database")))
            line = u'[' + line + u']';
    return lines;
}

} // namespace

void DiagramFlowsTest::checkStatus_data()
{
    everyWay();
}

void DiagramFlowsTest::checkStatus()
{
    QFETCH(int, told);
    Conversation talk;
    Telling telling(talk, told);
    talk.sent(0, Heartbeat);
    telling.tell(talk.presence(1, "HEARTBEAT", telling.us()));
    talk.received(0, HeartbeatAnswer);
    talk.sent(1, StatusAlice);
    telling.tell(talk.presence(2, "STATUS", telling.us()));
    talk.received(1, AliceIsOnline);
    telling.tellAll();
    QCOMPARE(talk.lines(),
        expected(told,
            {QStringLiteral("ClientA → Server: HEARTBEAT"),
                QStringLiteral("Server → Database: ADD presence user 1"),
                QStringLiteral("ClientB → Server: STATUS user 1"),
                QStringLiteral("Server → Database: query presence"),
                QStringLiteral("Server → ClientB: STATUS user 1 online")}));
}

// The server answers at once and writes with the next commit; that may be a message's.
void DiagramFlowsTest::aHeartbeatIsWrittenWhenTheServerSaysSo()
{
    Conversation talk;
    talk.builder.setTraced(true);
    for (int i = 0; i < 2; ++i) {
        talk.sent(0, Heartbeat);
        talk.received(0, HeartbeatAnswer);
        talk.builder.addTrace(talk.presence(1, "HEARTBEAT"));
    }
    talk.sent(0, SendHello);
    talk.builder.addTrace(talk.stored(9, "m1", 10));
    talk.builder.addTrace(talk.presence(1, "HEARTBEAT", 20));
    QCOMPARE(talk.lines(),
        (QStringList{QStringLiteral("ClientA → Server: HEARTBEAT ×2"),
            QStringLiteral("Server → Database: ADD presence user 1 ×2"),
            QStringLiteral("ClientA → Server: SEND → user 2"),
            QStringLiteral("Server → Database: INSERT unread #9"),
            QStringLiteral("Server → Database: ADD presence user 1")}));
}

void DiagramFlowsTest::sendOnline_data()
{
    everyWay();
}

void DiagramFlowsTest::sendOnline()
{
    QFETCH(int, told);
    Conversation talk;
    Telling telling(talk, told);
    talk.sent(0, SendHello);
    telling.tell(talk.stored(9, "m1", telling.us()));
    // The receiver may well read theirs before the sender does.
    talk.received(1, MessageHello);
    talk.received(0, SentHello);
    talk.sent(1, ConfirmHello);
    telling.tell(talk.mailbox(TraceKind::Confirmed, 9, telling.us()));
    telling.tell(talk.mailbox(TraceKind::Removed, 9, telling.us()));
    talk.received(1, ConfirmedHello);
    telling.tellAll();
    QCOMPARE(talk.lines(),
        expected(told,
            {QStringLiteral("ClientA → Server: SEND → user 2"),
                QStringLiteral("Server → Database: INSERT unread #9"),
                QStringLiteral("Server → ClientB: MESSAGE #9"),
                QStringLiteral("ClientB → Server: CONFIRM #9"),
                QStringLiteral("Server → Database: DELETE unread #9")}));
}

void DiagramFlowsTest::sendOffline_data()
{
    everyWay();
}

void DiagramFlowsTest::sendOffline()
{
    QFETCH(int, told);
    Conversation talk;
    Telling telling(talk, told);
    talk.sent(0, SendHello);
    telling.tell(talk.stored(9, "m1", telling.us()));
    talk.received(0, SentHello);
    talk.sent(1, "{\"cmd\":\"FETCH\"}");
    telling.tell(talk.mailbox(TraceKind::Fetched, 9, telling.us()));
    talk.received(1, MessagesHello);
    talk.sent(1, ConfirmHello);
    telling.tell(talk.mailbox(TraceKind::Removed, 9, telling.us()));
    talk.received(1, ConfirmedHello);
    telling.tellAll();
    QCOMPARE(talk.lines(),
        expected(told,
            {QStringLiteral("ClientA → Server: SEND → user 2"),
                QStringLiteral("Server → Database: INSERT unread #9"),
                QStringLiteral("ClientB → Server: FETCH"),
                QStringLiteral("Server → ClientB: MESSAGES #9"),
                QStringLiteral("ClientB → Server: CONFIRM #9"),
                QStringLiteral("Server → Database: DELETE unread #9")}));
}

void DiagramFlowsTest::loginAndConnect()
{
    Conversation talk;
    talk.builder.setTraced(true);
    talk.builder.addLogin(0, QStringLiteral("alice"), 200, talk.nowUs, talk.nowUs + 200);
    // The server has put the user down before the client knows that it is in.
    auto admitted = talk.step(TraceKind::Opened, 500);
    admitted.userId = UserId(1);
    admitted.connectionId = "c1";
    talk.builder.addTrace(admitted);
    talk.builder.addTrace(talk.presence(1, {}, 600, "online"));
    talk.opened(0);
    talk.hello(0, "c1");
    QCOMPARE(talk.lines({}),
        QStringList({QStringLiteral("ClientA → Server: POST /login alice"),
            QStringLiteral("Server → ClientA: 200 session"),
            QStringLiteral("ClientA → Server: connect as user 1"),
            QStringLiteral("Server → Database: ADD user 1 online"),
            QStringLiteral("Server → ClientA: HELLO user 1, 0 unread")}));
}

void DiagramFlowsTest::connectWithoutATrace()
{
    Conversation talk;
    talk.opened(0);
    talk.hello(0, "c1");
    talk.ended(0, 1000, {});
    QCOMPARE(talk.lines(),
        QStringList({QStringLiteral("ClientA → Server: connect as user 1"),
            QStringLiteral("[Server → Database: ADD user 1 online]"),
            QStringLiteral("ClientA: closed 1000")}));
}

void DiagramFlowsTest::refused()
{
    Conversation talk;
    talk.builder.addLogin(0, QStringLiteral("mallory"), 401, talk.nowUs, talk.nowUs + 200);
    talk.ended(0, 401, "session_invalid");
    talk.ended(1, 0, "Connection refused");
    QCOMPARE(talk.lines(),
        QStringList({QStringLiteral("ClientA → Server: POST /login mallory"),
            QStringLiteral("Server → ClientA: refused 401"),
            QStringLiteral("ClientA → Server: connect as user 1"),
            QStringLiteral("Server → ClientA: refused 401 session_invalid"),
            QStringLiteral("ClientB → Server: connect as user 2"),
            QStringLiteral("ClientB: not connected: Connection refused")}));
}

void DiagramFlowsTest::answersAreDrawnOnRequest()
{
    Conversation talk;
    talk.sent(0, SendHello);
    talk.received(0, SentHello);
    talk.sent(1, "{\"cmd\":\"FETCH\"}");
    talk.received(1, MessagesHello);
    talk.sent(1, ConfirmHello);
    talk.received(1, ConfirmedHello);
    talk.received(0,
        "{\"cmd\":\"RECEIPT\",\"receipts\":[{\"clientId\":\"m1\",\"receiveUserId\":2,\"seq\":9,"
        "\"time\":1}]}");
    QCOMPARE(talk.lines({}),
        QStringList({QStringLiteral("ClientA → Server: SEND → user 2"),
            QStringLiteral("[Server → Database: INSERT unread #9]"),
            QStringLiteral("Server → ClientA: SENT #9"), QStringLiteral("ClientB → Server: FETCH"),
            QStringLiteral("[Database → Server: SELECT unread #9]"),
            QStringLiteral("Server → ClientB: MESSAGES #9"),
            QStringLiteral("ClientB → Server: CONFIRM #9"),
            QStringLiteral("[Server → Database: DELETE unread #9]"),
            QStringLiteral("Server → ClientB: CONFIRMED 1"),
            QStringLiteral("Server → ClientA: RECEIPT #9")}));
}

QTEST_GUILESS_MAIN(DiagramFlowsTest)
#include "flows.moc"
