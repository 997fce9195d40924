// SPDX-License-Identifier: MIT
// Parser: the same verdict however the bytes arrive, and what it makes of a request. What is
// refused is in data/bad_requests.json; integration/gate.cpp asks a whole server the same.
#include "gateway/http/parser.h"

#include "core/limits.h"
#include "support/badrequests.h"

#include <QTest>

using namespace parley;
using namespace parley::http;

namespace {

using State = Parser::State;

struct Verdict {
    State state = State::NeedsMore;
    int status = 0;
    QByteArray target;
    QByteArray body;
    bool hasMore = false;
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

// The verdict on these bytes when they arrive in pieces of this size.
Verdict verdict(const QByteArray &bytes, qsizetype piece)
{
    Parser parser;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const QByteArray arrived = bytes.mid(at, piece); // elsewhere in memory each time
        if (parser.feed(arrived) == State::Refused)
            return {State::Refused, parser.refusal().status, {}, {}, false};
    }
    if (parser.state() != State::Complete)
        return {parser.state(), 0, {}, {}, false};
    const Request &request = parser.request();
    return {State::Complete, 0, request.path + '?' + request.query, request.body, parser.hasMore()};
}

QList<QByteArray> values(const char *query)
{
    QList<QByteArray> values;
    for (const QByteArrayView value : queryValues(query, "a"))
        values.append(value.toByteArray());
    return values;
}

} // namespace

class ParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesTheSameHoweverTheBytesArrive_data();
    void judgesTheSameHoweverTheBytesArrive();
    void readsWhatTheRoutesNeed();
    void understandsWhatOthersSpeak_data();
    void understandsWhatOthersSpeak();
    void keepsNoMoreThanARequest();
    void takesNothingFromATrailer();
    void leavesWhatIsBehindTheRequest();
    void allowsHeadAndBodyOfTheirFullSize();
    void asksOnceForABodyThatIsExpected();
    void findsParametersAsTheyCame();
    void answersInWholeMessages();
};

void ParserTest::judgesTheSameHoweverTheBytesArrive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const auto &row :
        test::badRequests(QStringLiteral(PARLEY_TEST_DATA "/bad_requests.json"), "s"))
        QTest::newRow(row.name) << row.bytes;
    QTest::newRow("good") << test::loginRequest("user1", "secret");
    QTest::newRow("chunked") << QByteArray(
        "POST /login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
}

void ParserTest::judgesTheSameHoweverTheBytesArrive()
{
    QFETCH(QByteArray, bytes);
    const Verdict whole = verdict(bytes, bytes.size());
    for (const qsizetype piece : {1, 2, 3, 7, 64, 1000})
        QVERIFY2(verdict(bytes, piece) == whole, QByteArray::number(piece));
}

void ParserTest::readsWhatTheRoutesNeed()
{
    Parser parser;
    const QByteArray bytes =
        "GET /a/b?c=d&e HTTP/1.1\r\nhost: h\r\nUPGRADE: WebSocket\r\n"
        "connection: keep-alive, upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key:key \r\nOrigin: o\r\nAuthorization: Bearer x\r\n\r\n";
    QVERIFY(parser.feed(bytes) == State::Complete);
    const Request &request = parser.request();
    QCOMPARE(request.method, "GET");
    QCOMPARE(request.path, "/a/b");
    QCOMPARE(request.query, "c=d&e");
    QVERIFY(request.wantsWebSocket);
    QCOMPARE(request.webSocketVersion, "13");
    QCOMPARE(request.webSocketKey, "key");
    QCOMPARE(request.origin, "o");
    QCOMPARE(request.authorization, "Bearer x");
    QVERIFY(request.body.isEmpty());
}

// Forms that are rare, and right (RFC 9112 2.2, 2.3, 3.2.2; RFC 9110 5.3, 7.2).
void ParserTest::understandsWhatOthersSpeak_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &target) {
        QTest::newRow(name) << bytes << target;
    };
    row("HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "/a?");
    row("HTTP/1.0 with Host", "GET /a HTTP/1.0\r\nHost: h\r\n\r\n", "/a?");
    row("absolute form", "GET http://h:80/a?b HTTP/1.1\r\nHost: h\r\n\r\n", "/a?b");
    row("absolute form, no path", "GET HTTP://h?b HTTP/1.1\r\nHost: h\r\n\r\n", "/?b");
    row("asterisk form", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "*?");
    row("empty lines first", "\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", "/a?");
    row("a port, and none", "GET /a HTTP/1.1\r\nHost: h:\r\n\r\n", "/a?");
    row("an address", "GET /a HTTP/1.1\r\nHost: [::1]:2345\r\n\r\n", "/a?");
    row("many headers",
        "GET /a HTTP/1.1\r\nHost: h\r\n" + QByteArray("X: y\r\n").repeated(500) + "\r\n", "/a?");
}

void ParserTest::understandsWhatOthersSpeak()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, target);
    for (const qsizetype piece : {1, 5, 1 << 20}) {
        const Verdict given = verdict(bytes, piece);
        QCOMPARE(given.state, State::Complete);
        QCOMPARE(given.target, target);
    }
}

void ParserTest::keepsNoMoreThanARequest()
{
    Parser parser;
    QVERIFY(parser.feed("GET /a HTTP/1.1\r\nHost: h\r\n") == State::NeedsMore);
    for (int bytes = 0; bytes < limits::HttpHeadBytes && parser.state() == State::NeedsMore;)
        bytes += parser.feed("X: y\r\n") == State::NeedsMore ? 6 : 0;
    QVERIFY(parser.state() == State::Refused);
    QCOMPARE(parser.refusal().status, 431);

    const QByteArray head = "POST /login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &open : {QByteArray("1;x="), QByteArray("0\r\nX: ")}) {
        Parser chunked; // a line that does not end
        QVERIFY(chunked.feed(head + open) == State::NeedsMore);
        for (int i = 0; i < 100 && chunked.state() == State::NeedsMore; ++i)
            chunked.feed(QByteArray(1000, 'x'));
        QVERIFY(chunked.state() == State::Refused);
        QCOMPARE(chunked.refusal().status, 400);
    }
    QCOMPARE(verdict(head + "0\r\n\r\n", 1).state, State::Complete);
}

// RFC 9110 6.5.1: fields behind the body are none of the head's. An upgrade, above all, cannot come
// from there, for it has no body.
void ParserTest::takesNothingFromATrailer()
{
    const QByteArray head =
        "GET /logout HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n";
    const QByteArray trailer = "Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: o\r\n"
                               "Sec-WebSocket-Key: key\r\nSec-WebSocket-Version: 13\r\n"
                               "Authorization: Bearer x\r\n";
    Parser parser;
    QVERIFY(parser.feed(head + trailer + "\r\n") == State::Complete);
    const Request &request = parser.request();
    QCOMPARE(request.body, "ab");
    QVERIFY(!request.wantsWebSocket && request.origin.isNull());
    QVERIFY(request.webSocketKey.isEmpty() && request.authorization.isEmpty());

    Parser large;
    const QByteArray field = "X: " + QByteArray(1000, 'x') + "\r\n";
    QVERIFY(large.feed(head + field.repeated(9) + "\r\n") == State::Refused);
    QCOMPARE(large.refusal().status, 431);
}

void ParserTest::leavesWhatIsBehindTheRequest()
{
    const QByteArray request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    const QByteArray login = test::loginRequest("a", "b");
    for (const QByteArray &bytes : {request, login}) {
        Parser parser;
        QVERIFY(parser.feed(bytes) == State::Complete);
        QVERIFY(!parser.hasMore());
        QVERIFY(parser.feed("behind it") == State::Complete);
        QVERIFY(parser.hasMore());
        QCOMPARE(parser.request().body.size(), bytes == login ? 31 : 0);
        QVERIFY(verdict(bytes + "behind it", 1 << 20).hasMore);
    }
}

void ParserTest::allowsHeadAndBodyOfTheirFullSize()
{
    const QByteArray frame =
        "POST /login HTTP/1.1\r\nHost: h\r\nContent-Length: 4096\r\nX: \r\n\r\n";
    QByteArray head = frame;
    head.insert(head.size() - 4, QByteArray(limits::HttpHeadBytes - frame.size(), 'x'));
    const QByteArray body(limits::HttpBodyBytes, 'x');
    QCOMPARE(verdict(head + body, 1 << 20).body, body);
    QCOMPARE(verdict(head + body, 100).body, body);
    head.insert(head.size() - 4, "x");
    QCOMPARE(verdict(head + body, 1 << 20).status, 431);
    QCOMPARE(verdict(head + body, 100).status, 431);
}

void ParserTest::asksOnceForABodyThatIsExpected()
{
    Parser parser;
    const QByteArray head =
        "POST /login HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    QVERIFY(parser.feed(head.chopped(1)) == State::NeedsMore);
    QVERIFY(!parser.takeExpectation());
    QVERIFY(parser.feed(head.last(1)) == State::NeedsMore);
    QVERIFY(parser.takeExpectation());
    QVERIFY(!parser.takeExpectation());
    QVERIFY(parser.feed("{}") == State::Complete);
    QCOMPARE(parser.request().body, "{}");
}

void ParserTest::findsParametersAsTheyCame()
{
    using List = QList<QByteArray>;
    QCOMPARE(values(""), List());
    QCOMPARE(values("a=1"), List({"1"}));
    QCOMPARE(values("b=2&a=1&c"), List({"1"}));
    QCOMPARE(values("a=1&a=2&a"), List({"1", "2", ""}));
    QCOMPARE(values("aa=1&A=2&b=a=3"), List());
    QCOMPARE(values("a=1=2&&a=%41"), List({"1=2", "%41"}));
}

void ParserTest::answersInWholeMessages()
{
    const QByteArray answer = serialize({200, "{}"});
    QVERIFY(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(answer.contains("\r\nContent-Length: 2\r\n"));
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.endsWith("\r\n\r\n{}"));
    QVERIFY(serialize({204, {}}).startsWith("HTTP/1.1 204 No Content\r\n"));
    QVERIFY(!serialize({204, {}}).contains("Content-"));
    QVERIFY(serialize(refusal(ErrorCode::RateLimited, {}, 7)).contains("\r\nRetry-After: 7\r\n"));
    QVERIFY(serialize(refusal(ErrorCode::Overloaded)).contains("\r\nRetry-After: 1\r\n"));
    QCOMPARE(refusal(ErrorCode::NotFound).status, 404);
    QCOMPARE(refusal(ErrorCode::NotFound, "Why \"that\"?").body,
        R"({"error":{"code":"not_found","message":"Why \"that\"?"}})");
}

QTEST_GUILESS_MAIN(ParserTest)
#include "parser.moc"
