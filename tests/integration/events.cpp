// SPDX-License-Identifier: MIT
// docs/operations.md, "The log": what an operator must see is a line with a stable name and an
// address, and never holds a secret.
#include "app/logging/log.h"
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

const QByteArray Mallory = "127.0.0.66";
const QByteArray Password = "hunter2-and-more";
const QByteArray Body = "nobody else may read this";

// While it lives, the log goes into a file.
class LogFile {
public:
    explicit LogFile(app::LogFormat format)
        : m_isOpen(m_file.open())
        , m_log(std::in_place, format, m_file.handle())
    {
    }
    // All of it; nothing is logged behind it.
    QByteArray text()
    {
        m_log.reset();
        m_file.seek(0);
        return m_file.readAll();
    }
    QString name() const { return m_file.fileName(); }

private:
    QTemporaryFile m_file;
    const bool m_isOpen;
    std::optional<app::Log> m_log;
};

// Each event that fail2ban bans for, and others. Returns what must not be in the log.
QByteArrayList misbehave(TestServer &server)
{
    const QUrl right = server.chatUrl(1);
    const QByteArray session = right.query().section(u'=', -1).toLatin1();
    const QByteArray wrong = "p1_" + QByteArray(43, 'A');
    ask(server.port(), loginRequest("user1", Password), Mallory);
    ask(server.port(), loginRequest(Password, "typed into the wrong field"), Mallory);
    ask(server.port(), chatRequest(server.chatUrl(2, wrong)), Mallory);
    ask(server.port(), logoutRequest(wrong), Mallory);
    RawClient client(right);
    ask(server.port(), chatRequest(right), Mallory);
    client.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":")" + Body + "\"}"));
    client.expect(R"({"cmd":"SENT"})");
    RawClient babbling(server.chatUrl(3));
    for (int i = 0; i < limits::BadFrames; ++i)
        babbling.send(textFrame("no JSON: " + Body));
    babbling.closeCode();
    for (int i = 2; i <= limits::FailedLoginsPerAddress + 1; ++i) // one that is not looked at
        ask(server.port(), loginRequest("user1", Password), Mallory);
    for (int i = 2; i <= limits::FailedSessionsPerAddress + 1; ++i)
        ask(server.port(), logoutRequest(wrong), Mallory);
    return {session, wrong, Password, Body, TestServer::SecretKey};
}

// How often the log has what it must.
struct Expected {
    QByteArray event;
    int count;
};
const Expected Lines[]{
    {"event=failed_login address=127.0.0.66 user=1", limits::FailedLoginsPerAddress},
    {"event=failed_login address=127.0.0.66", limits::FailedLoginsPerAddress + 1},
    {"event=throttled_login address=127.0.0.66", 1},
    {"event=refused_session address=127.0.0.66 user=2", 1},
    {"event=refused_session address=127.0.0.66", limits::FailedSessionsPerAddress + 1},
    {"event=throttled_session address=127.0.0.66", 1},
    {"event=session_elsewhere address=127.0.0.66 user=1", 1},
    {"event=bad_frames address=127.0.0.1 user=3", 1},
};

} // namespace

class Events : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areLinesWithoutSecrets_data();
    void areLinesWithoutSecrets();
    void connectionsAndRefusalsAreThereForWhoDebugs();
};

void Events::areLinesWithoutSecrets_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("text") << int(app::LogFormat::Text);
    QTest::newRow("logfmt") << int(app::LogFormat::Logfmt);
    QTest::newRow("json") << int(app::LogFormat::Json);
}

void Events::areLinesWithoutSecrets()
{
    QFETCH(const int, format);
    LogFile log{app::LogFormat(format)};
    QByteArrayList secrets;
    {
        TestServer server;
        secrets = misbehave(server);
    }
    const QByteArray text = log.text();
    for (const auto &[event, count] : Lines)
        QVERIFY2(text.count(event) == count, event + " is not there as often:\n" + text);
    for (const QByteArray &secret : secrets)
        QVERIFY2(!text.contains(secret), secret + " is in the log:\n" + text);

    // fail2ban takes from it what the filter is for.
    QProcess fail2ban;
    fail2ban.start(QStringLiteral("fail2ban-regex"),
        {QStringLiteral("--print-all-matched"), log.name(),
            QStringLiteral(PARLEY_RESOURCES "/fail2ban/parleyd.conf")});
    QVERIFY(fail2ban.waitForFinished());
    const QByteArray said = fail2ban.readAll() + fail2ban.readAllStandardError();
    qsizetype banned = 0;
    for (const QByteArray &line : text.split('\n')) {
        const bool bans =
            line.contains("event=failed_login") || line.contains("event=refused_session");
        banned += bans ? 1 : 0;
        QVERIFY2(!bans || said.contains(line), line + " is not matched:\n" + said);
    }
    QVERIFY2(said.contains(' ' + QByteArray::number(banned) + " matched"), said.constData());
}

void Events::connectionsAndRefusalsAreThereForWhoDebugs()
{
    LogFile log(app::LogFormat::Text);
    app::setLogLevel(app::LogLevel::Warning, {{{QStringLiteral("gateway"), app::LogLevel::Debug}}});
    {
        const TestServer server;
        ask(server.port(), "GET /nowhere HTTP/1.1\r\nHost: test\r\n\r\n");
        const RawClient client(server.chatUrl(4));
    }
    app::setLogLevel(app::LogLevel::Info);
    const QByteArray text = log.text();
    QVERIFY2(text.contains("refused: address=127.0.0.1 status=404 code=not_found"), text);
    static const QRegularExpression Opened(
        QStringLiteral("opened: connection=\\d+ address=127\\.0\\.0\\.1 user=4\n"));
    QVERIFY2(Opened.match(QString::fromUtf8(text)).hasMatch(), text);
    QVERIFY2(text.contains("ended: connection="), text);
    QVERIFY2(!text.contains("parley.security"), text);
}

QTEST_GUILESS_MAIN(Events)
#include "events.moc"
