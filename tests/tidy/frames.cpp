// SPDX-License-Identifier: MIT
// A conversation with every command and every kind of answer and push, written down frame by frame
// for asyncapi.py, which holds it against docs/asyncapi.yaml.
#include "session/timesession.h"
#include "support/scriptedstore.h"
#include "support/testclient.h"
#include "support/testserver.h"
#include "support/traced.h"
#include "trace/tracer.h"

#include <QFile>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Window = 4;
constexpr int MailboxMessages = 5;

void smallLimits(app::Settings &settings)
{
    settings.limits.window = Window;
    settings.limits.mailboxMessages = MailboxMessages;
}

class Record {
public:
    Record()
        : m_file(QStringLiteral(PARLEY_FRAMES))
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("cannot write %s", qPrintable(m_file.fileName()));
    }
    void add(const QByteArray &from, const QByteArray &frame)
    {
        m_file.write(R"({"from":")" + from + R"(","frame":)" + frame + "}\n");
    }

private:
    QFile m_file;
};

// Says commands that the server should take, and hears everything.
class Speaker : public TestClient {
public:
    Speaker(Record &record, const QUrl &url)
        : TestClient(url)
        , m_record(record)
    {
        QObject::connect(&socket(), &QWebSocket::textMessageReceived, &socket(),
            [&record](const QString &frame) { record.add("server", frame.toUtf8()); });
        expectHello();
    }
    void ask(const QByteArray &command, const QByteArray &answer)
    {
        say(command);
        expect(answer);
    }
    void say(const QByteArray &command)
    {
        m_record.add("client", command);
        send(command);
    }
    // What is no command is not written down.
    void askInVain(const QByteArray &frame, const QByteArray &code)
    {
        send(frame);
        expect(R"({"cmd":"ERROR","code":")" + code + R"("})");
    }

private:
    Record &m_record;
};

} // namespace

class Frames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesAndReceipts();
    void presence();
    void fetching();
    void refusals();
    void tooFast();
    void aStoreThatFails();
    void goingAway();
    void watching();
    void missingSteps();

private:
    Record m_record;
};

void Frames::messagesAndReceipts()
{
    const TestServer server;
    Speaker alice(m_record, server.chatUrl(1));
    Speaker bob(m_record, server.chatUrl(2));
    const QByteArray keyed =
        R"({"cmd":"SEND","receiveUserId":2,"body":"é","clientId":"k","receipt":true,"ref":7})";
    alice.ask(keyed, R"({"cmd":"SENT","seq":1,"clientId":"k","ref":7})");
    alice.ask(keyed, R"({"cmd":"SENT","seq":1,"duplicate":true})");
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":""})", R"({"cmd":"SENT","seq":2})");
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x","receipt":true})",
        R"({"cmd":"SENT","seq":3})");
    for (const char *message : {R"({"cmd":"MESSAGE","seq":1,"clientId":"k"})",
             R"({"cmd":"MESSAGE","seq":2})", R"({"cmd":"MESSAGE","seq":3})"})
        bob.expect(message);
    alice.ask(R"({"cmd":"TRACK","clientId":"k","ref":"t"})", R"({"cmd":"TRACK","state":"unread"})");
    bob.ask(R"({"cmd":"CONFIRM","seqs":[1],"ref":"c"})", R"({"cmd":"CONFIRMED","removed":1})");
    alice.expect(R"({"cmd":"RECEIPT"})");
    bob.say(R"({"cmd":"CONFIRM","upTo":3})");
    alice.expect(R"({"cmd":"RECEIPT"})");
    alice.ask(R"({"cmd":"TRACK","clientId":"k"})", R"({"cmd":"TRACK","state":"confirmed"})");
    alice.ask(R"({"cmd":"TRACK","clientId":"other"})", R"({"cmd":"TRACK","state":"unknown"})");
}

void Frames::presence()
{
    const TestServer server;
    Speaker alice(m_record, server.chatUrl(1));
    alice.ask(R"({"cmd":"HEARTBEAT"})", R"({"cmd":"HEARTBEAT"})");
    alice.ask(R"({"cmd":"HEARTBEAT","ref":-1})", R"({"cmd":"HEARTBEAT","ref":-1})");
    alice.ask(R"({"cmd":"STATUS","userIds":[1,999]})", R"({"cmd":"STATUS"})");
    alice.ask(R"({"cmd":"STATUS","userIds":[],"ref":"s"})", R"({"cmd":"STATUS","ref":"s"})");
    alice.ask(R"({"cmd":"WATCH","userIds":[3]})", R"({"cmd":"STATUS"})");
    alice.ask(R"({"cmd":"WATCH","userIds":[2],"ref":"w"})", R"({"cmd":"STATUS","ref":"w"})");
    Speaker bob(m_record, server.chatUrl(2));
    alice.expect(R"({"cmd":"STATUS"})");
    bob.close();
    alice.expect(R"({"cmd":"STATUS"})");
}

void Frames::fetching()
{
    const TestServer server(smallLimits);
    Speaker alice(m_record, server.chatUrl(1));
    Speaker bob(m_record, server.chatUrl(2));
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k"})",
        R"({"cmd":"SENT","seq":1})");
    for (int i = 1; i < MailboxMessages; ++i)
        alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})", R"({"cmd":"SENT"})");
    for (int i = 0; i < Window; ++i)
        bob.expect(R"({"cmd":"MESSAGE"})");
    bob.expect(R"({"cmd":"BEHIND","unread":5})");
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"full","ref":"r"})",
        R"({"cmd":"ERROR","code":"mailbox_full"})");
    Speaker elsewhere(m_record, server.chatUrl(2)); // a HELLO that tells of unread messages
    bob.ask(R"({"cmd":"FETCH","after":0,"limit":2,"ref":"f"})",
        R"({"cmd":"MESSAGES","more":true,"ref":"f"})");
    bob.ask(R"({"cmd":"FETCH"})", R"({"cmd":"MESSAGES","more":false})");
}

void Frames::refusals()
{
    const TestServer server;
    Speaker alice(m_record, server.chatUrl(1));
    alice.askInVain("{", "bad_json");
    alice.askInVain(R"({"cmd":"FETCH","limit":0})", "bad_field");
    alice.askInVain(R"({"cmd":"SEND","receiveUserId":2,"ref":"r"})", "missing_field");
    alice.askInVain(R"({"cmd":"DANCE"})", "unknown_cmd");
    alice.sendBinary("x");
    alice.expect(R"({"cmd":"ERROR","code":"unsupported"})");
    alice.askInVain(R"({"cmd":"SEND","receiveUserId":2,"body":")" + QByteArray(32'769, 'x') + "\"}",
        "too_large");
    alice.ask(R"({"cmd":"SEND","receiveUserId":999,"body":"x"})",
        R"({"cmd":"ERROR","code":"unknown_user"})");
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k"})", R"({"cmd":"SENT"})");
    alice.ask(R"({"cmd":"SEND","receiveUserId":3,"body":"x","clientId":"k"})",
        R"({"cmd":"ERROR","code":"id_reused","clientId":"k"})");
}

void Frames::tooFast()
{
    const TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 1;
        settings.limits.burst = 1;
    });
    Speaker alice(m_record, server.chatUrl(1));
    alice.say(R"({"cmd":"HEARTBEAT"})");
    alice.say(R"({"cmd":"HEARTBEAT"})");
    alice.expect(R"({"cmd":"HEARTBEAT"})");
    alice.expect(R"({"cmd":"ERROR","code":"rate_limited"})");
}

void Frames::aStoreThatFails()
{
    Script script;
    script.poison = "13";
    const SystemClock clock;
    app::Settings settings;
    settings.listen.front().port = 0;
    settings.secretKey = TestServer::SecretKey;
    app::Server server(settings, clock, script.makeStore(), app::Server::Strength::ForTests);
    const auto port = server.start();
    QVERIFY(port);
    const auto session = session::mintTimeSession(settings.secretKey, UserId(1), clock.now());
    Speaker alice(m_record,
        QUrl(QStringLiteral("ws://127.0.0.1:%1/chat/private?userId=1&session=%2")
                 .arg(*port)
                 .arg(QString::fromLatin1(session))));
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x","ref":13})",
        R"({"cmd":"ERROR","code":"internal","ref":13})");
    script.failWriting = true;
    alice.ask(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})",
        R"({"cmd":"ERROR","code":"store_unavailable"})");
}

void Frames::goingAway()
{
    TestServer server;
    Speaker alice(m_record, server.chatUrl(1));
    server.server().shutdown();
    alice.expect(R"({"cmd":"GOAWAY"})");
    alice.expectClosed(4512);
}

void Frames::watching()
{
    TestServer server(traced);
    TraceWatcher watcher(server);
    {
        TestClient alice(server.chatUrl(1));
        alice.expectHello();
        alice.sendMessage(1, "x", "k");
        alice.expect(R"({"cmd":"MESSAGE"})");
        alice.send(R"({"cmd":"FETCH"})");
        alice.expect(R"({"cmd":"MESSAGES"})");
        alice.send(R"({"cmd":"CONFIRM","upTo":1})");
        alice.send(R"({"cmd":"DANCE"})");
        alice.expect(R"({"cmd":"ERROR"})");
        alice.send(R"({"cmd":"HEARTBEAT"})");
        alice.expect(R"({"cmd":"HEARTBEAT"})");
        alice.close();
    }
    watcher.upTo(protocol::TraceKind::Presence, 1, "offline");
    QCOMPARE(ask(server.port(), "GET /x HTTP/1.1\r\nHost: test\r\n\r\n").status, 404);
    watcher.upTo(protocol::TraceKind::Error, 0, "not_found");
    for (const QByteArray &step : watcher.everything.trimmed().split('\n'))
        m_record.add("trace", step);
}

// A watcher that misses any would have to be slow for long, so it is made here.
void Frames::missingSteps()
{
    trace::Tracer tracer("node", trace::Tracer::bytesOf({}));
    const auto watcher = tracer.watch([] {});
    for (int i = 0; i < 2; ++i)
        tracer.record({});
    watcher->take(1);
    tracer.record({});
    const auto steps = watcher->take(1);
    QCOMPARE(steps.front().dropped, 1);
    m_record.add("trace", protocol::encode(steps.front()));
}

QTEST_GUILESS_MAIN(Frames)
#include "frames.moc"
