// SPDX-License-Identifier: MIT
// HttpReader: the same verdict however the bytes arrive, and what it makes of a request. What is
// refused is in data/bad_requests.json; integration/gate.cpp asks a whole server the same.
#include "gateway/http.h"

#include "core/limits.h"
#include "support/badrequests.h"

#include <QTest>

using namespace parley;
using namespace parley::gateway;

namespace {

using State = HttpReader::State;

struct Verdict {
    State state = State::NeedsMore;
    int status = 0;
    QByteArray target;
    QByteArray body;
    qsizetype size = 0;
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

// The verdict on these bytes when they arrive in pieces of this size.
Verdict verdict(const QByteArray &bytes, qsizetype piece)
{
    HttpReader reader;
    State state = State::NeedsMore;
    for (qsizetype size = std::min(piece, bytes.size()); state == State::NeedsMore;
         size = std::min(size + piece, bytes.size())) {
        const QByteArray arrived = bytes.first(size); // elsewhere in memory each time
        state = reader.read(arrived);
        if (size == bytes.size())
            break;
    }
    if (state != State::Complete)
        return {state, state == State::Refused ? reader.status() : 0, {}, {}, 0};
    const HttpRequest &request = reader.request();
    return {state, 0, request.path + '?' + request.query, request.body, reader.size()};
}

QList<QByteArray> values(const char *query)
{
    QList<QByteArray> values;
    for (const QByteArrayView value : queryValues(query, "a"))
        values.append(value.toByteArray());
    return values;
}

} // namespace

class HttpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesTheSameHoweverTheBytesArrive_data();
    void judgesTheSameHoweverTheBytesArrive();
    void readsWhatTheGateNeeds();
    void leavesWhatIsBehindTheRequest();
    void allowsHeadAndBodyOfTheirFullSize();
    void asksOnceForABodyThatIsExpected();
    void findsParametersAsTheyCame();
    void answersInWholeMessages();
};

void HttpTest::judgesTheSameHoweverTheBytesArrive_data()
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

void HttpTest::judgesTheSameHoweverTheBytesArrive()
{
    QFETCH(QByteArray, bytes);
    const Verdict whole = verdict(bytes, bytes.size());
    for (const qsizetype piece : {1, 2, 3, 7, 64, 1000})
        QVERIFY2(verdict(bytes, piece) == whole, QByteArray::number(piece));
}

void HttpTest::readsWhatTheGateNeeds()
{
    HttpReader reader;
    const QByteArray bytes =
        "GET /a/b?c=d&e HTTP/1.1\r\nhost: h\r\nUPGRADE: WebSocket\r\n"
        "connection: keep-alive, upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key:key \r\nOrigin: o\r\nAuthorization: Bearer x\r\n\r\n";
    QVERIFY(reader.read(bytes) == State::Complete);
    const HttpRequest &request = reader.request();
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

void HttpTest::leavesWhatIsBehindTheRequest()
{
    const QByteArray request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    const QByteArray login = test::loginRequest("a", "b");
    for (const QByteArray &bytes : {request, login}) {
        HttpReader reader;
        QVERIFY(reader.read(bytes + "behind it") == State::Complete);
        QCOMPARE(reader.size(), bytes.size());
    }
}

void HttpTest::allowsHeadAndBodyOfTheirFullSize()
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

void HttpTest::asksOnceForABodyThatIsExpected()
{
    HttpReader reader;
    const QByteArray head =
        "POST /login HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    QVERIFY(reader.read(head.chopped(1)) == State::NeedsMore);
    QVERIFY(!reader.takeExpectation());
    QVERIFY(reader.read(head) == State::NeedsMore);
    QVERIFY(reader.takeExpectation());
    QVERIFY(!reader.takeExpectation());
    QVERIFY(reader.read(head + "{}") == State::Complete);
    QCOMPARE(reader.request().body, "{}");
}

void HttpTest::findsParametersAsTheyCame()
{
    using List = QList<QByteArray>;
    QCOMPARE(values(""), List());
    QCOMPARE(values("a=1"), List({"1"}));
    QCOMPARE(values("b=2&a=1&c"), List({"1"}));
    QCOMPARE(values("a=1&a=2&a"), List({"1", "2", ""}));
    QCOMPARE(values("aa=1&A=2&b=a=3"), List());
    QCOMPARE(values("a=1=2&&a=%41"), List({"1=2", "%41"}));
}

void HttpTest::answersInWholeMessages()
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

QTEST_GUILESS_MAIN(HttpTest)
#include "gateway_http.moc"
