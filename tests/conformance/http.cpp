// SPDX-License-Identifier: MIT
// RFC 9112, 9110 and the handshake of RFC 6455: each row of http.json is asked of a whole server.
#include "conformance/rows.h"
#include "session/timesession.h"
#include "support/badrequests.h"
#include "support/testserver.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace parley;
using namespace parley::test;

namespace {

using L1 = QLatin1String;

const QByteArray Key = QByteArrayLiteral(
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
const QByteArray Credentials = QByteArrayLiteral(R"({"username":"user1","password":"secret"})");

bool hasToken(const QByteArray &list, const QByteArray &token)
{
    const auto members = list.toLower().split(',');
    return std::ranges::any_of(
        members, [&](const QByteArray &member) { return member.trimmed() == token.toLower(); });
}

// The names of the headers, without their values.
QByteArrayList names(const HttpReply &reply)
{
    QByteArrayList names;
    for (const QByteArray &line : reply.head.split('\n').mid(1))
        names += line.left(line.indexOf(':')).toLower();
    return names;
}

QByteArray shown(const HttpReply &reply)
{
    return reply.head + " | " + reply.body;
}

// Rows that are refusals stand in the file that the tests of the gate read, too.
const BadRequest &badRequest(const QString &name)
{
    static const auto Rows =
        badRequests(QStringLiteral(PARLEY_TEST_DATA "/bad_requests.json"), "{session}");
    const auto row = std::ranges::find(Rows, name.toUtf8(), &BadRequest::name);
    if (row == Rows.end())
        qFatal("no bad request has the name %s", qPrintable(name));
    return *row;
}

} // namespace

class Http : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isSpokenAsItsRfcsSay_data();
    void isSpokenAsItsRfcsSay();

private:
    const TestServer &serverFor(const Row &);
    QByteArray request(const QString &text, const TestServer &) const;
    HttpReply answer(const Row &, const TestServer &) const;
    void checkEveryAnswer(const HttpReply &, const QByteArray &request);
    void checkHeaders(const HttpReply &, const Row &);

    std::map<QStringList, std::unique_ptr<TestServer>> m_servers; // by the origins they allow
    std::vector<Row> m_rows;
};

void Http::isSpokenAsItsRfcsSay_data()
{
    QTest::addColumn<int>("row");
    m_rows = conformanceRows(QStringLiteral("http.json"));
    for (Row &row : m_rows) {
        if (const QString name = row.text(L1("case")); !name.isEmpty()) {
            row.fields.insert(QStringLiteral("status"), badRequest(name).status);
            row.fields.insert(QStringLiteral("code"), QString::fromUtf8(badRequest(name).code));
        }
        QTest::newRow(row.name) << int(&row - m_rows.data());
    }
}

void Http::isSpokenAsItsRfcsSay()
{
    QFETCH(int, row);
    const Row &expected = m_rows[size_t(row)];
    const TestServer &server = serverFor(expected);
    const HttpReply reply = answer(expected, server);
    const QJsonValue status = expected.fields[QStringLiteral("status")];
    const bool isRight =
        status.isArray() ? status.toArray().contains(reply.status) : status.toInt() == reply.status;
    QVERIFY2(isRight, shown(reply));
    if (expected.fields.contains(L1("code")))
        QCOMPARE(reply.errorCode(), expected.text(L1("code")).toUtf8());
    checkHeaders(reply, expected);
    if (reply.status == 101)
        return;
    const QByteArray sent = request(expected.text(L1("send")), server);
    checkEveryAnswer(reply, sent);
    const bool wouldUpgrade = sent.contains("Sec-WebSocket-Key"); // what HEAD cannot do
    if (!sent.startsWith("HEAD ") || reply.status == 405 || wouldUpgrade)
        return;
    const HttpReply get = ask(server.port(), QByteArray(sent).replace(0, 4, "GET"));
    QCOMPARE(reply.status, get.status);
    QCOMPARE(names(reply), names(get));
}

const TestServer &Http::serverFor(const Row &row)
{
    const QStringList origins = row.texts(L1("origins"));
    auto &server = m_servers[origins];
    if (!server)
        server = std::make_unique<TestServer>(
            [&](app::Settings &settings) { settings.allowedOrigins.append(origins); });
    return *server;
}

QByteArray Http::request(const QString &text, const TestServer &server) const
{
    static const QRegularExpression Lines(QStringLiteral("\\{lines(\\d+)\\}"));
    QString filled = text;
    if (const auto lines = Lines.match(text); lines.hasMatch())
        filled.replace(
            lines.captured(), QStringLiteral("X: y\r\n").repeated(lines.captured(1).toInt()));
    return filledIn(filled)
        .replace("{chat}", "/chat/private?userId=1&session={session}")
        .replace("{key}", Key)
        .replace("{credentials}", Credentials)
        .replace("{session}",
            session::mintTimeSession(TestServer::SecretKey, UserId(1), server.clock().now()));
}

HttpReply Http::answer(const Row &row, const TestServer &server) const
{
    const QString name = row.text(L1("case"));
    QByteArray bytes = request(
        name.isEmpty() ? row.text(L1("send")) : QString::fromUtf8(badRequest(name).bytes), server);
    RawClient client(server.port());
    if (row.fields.contains(L1("after100"))) {
        const QByteArray asked = "HTTP/1.1 100 Continue\r\n\r\n";
        client.send(bytes);
        if (!waitUntil([&] { return client.hasEnded() || client.pending() >= asked.size(); }))
            return {};
        client.send(request(row.text(L1("after100")), server));
        const HttpReply both = client.reply(); // its body begins behind the 100
        const qsizetype end = both.body.indexOf("\r\n\r\n");
        if (both.status != 100 || end < 0)
            return both;
        return {both.body.mid(9, 3).toInt(), both.body.first(end), both.body.mid(end + 4)};
    }
    HttpReply reply = client.upgrade(bytes);
    if (reply.status == 101)
        client.expect(R"({"cmd":"HELLO","userId":1})");
    return reply;
}

// What is true of all answers but 101: RFC 9112 4, 6.1, 9.3; RFC 9110 8.6, 9.3.2.
void Http::checkEveryAnswer(const HttpReply &reply, const QByteArray &request)
{
    QVERIFY2(reply.head.startsWith("HTTP/1.1 "), reply.head);
    QVERIFY2(hasToken(reply.header("Connection"), "close"), reply.head);
    QVERIFY2(reply.header("Transfer-Encoding").isNull(), reply.head);
    const bool isHead = request.startsWith("HEAD ");
    if (isHead || reply.status == 204)
        QCOMPARE(reply.body, QByteArray());
    if (reply.status == 204)
        QVERIFY2(reply.header("Content-Length").isNull(), reply.head);
    else if (!isHead)
        QCOMPARE(reply.header("Content-Length"), QByteArray::number(reply.body.size()));
}

void Http::checkHeaders(const HttpReply &reply, const Row &row)
{
    const QJsonObject headers = row.fields[QStringLiteral("headers")].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const QByteArray value = reply.header(header.key().toLatin1());
        const QByteArray expected = header.value().toString().toLatin1();
        QVERIFY2(expected == "*" ? !value.isEmpty() : hasToken(value, expected), shown(reply));
    }
    for (const QString &name : row.texts(L1("without")))
        QVERIFY2(reply.header(name.toLatin1()).isNull(), shown(reply));
}

QTEST_GUILESS_MAIN(Http)
#include "http.moc"
