// SPDX-License-Identifier: MIT
// RFC 6455 behind the handshake: each row of websocket.json is said to a whole server, all at once
// and a byte at a time.
#include "conformance/rows.h"
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QRegularExpression>
#include <QtEndian>
#include <QTest>

#include <optional>

using namespace parley;
using namespace parley::test;

namespace {

using L1 = QLatin1String;

constexpr int Close = 8, Ping = 9, Pong = 10;
constexpr qsizetype MostBytesOneByOne = 1000;
const QByteArray Beat = QByteArrayLiteral(R"({"cmd":"HEARTBEAT"})");

QByteArray sendTo(const QByteArray &receiver, const QByteArray &body)
{
    return R"({"cmd":"SEND","receiveUserId":)" + receiver + R"(,"body":")" + body + "\"}";
}

// What stands in front of a frame's payload, such as "fin=0 rsv=4 text ".
struct Kind {
    int opcode = -1;
    bool final = true;
    bool masked = true;
    int reserved = 0;
    std::optional<int> bytesOfAPiece;
    int emptyPieces = 0;
};

bool readWord(const QByteArray &word, Kind &kind)
{
    static const QByteArrayList Names{
        "continuation", "text", "binary", "", "", "", "", "", "close", "ping", "pong"};
    const auto value = [&](const char *name) -> std::optional<int> {
        return word.startsWith(name) ? std::optional(word.mid(qstrlen(name)).toInt())
                                     : std::nullopt;
    };
    if (word == "unmasked")
        kind.masked = false;
    else if (const auto fin = value("fin="))
        kind.final = *fin != 0;
    else if (const auto bits = value("rsv="))
        kind.reserved = *bits;
    else if (const auto bytes = value("pieces="))
        kind.bytesOfAPiece = *bytes;
    else if (const auto pieces = value("empty="))
        kind.emptyPieces = *pieces;
    else if (const auto opcode = value("opcode="))
        kind.opcode = *opcode;
    else
        kind.opcode = int(Names.indexOf(word));
    return kind.opcode >= 0;
}

// {x9} is nine times the letter; {code:1000} the two bytes of a Close; {heartbeat}, {heartbeat:99}
// the command, with spaces up to so many bytes; {say:x} and {tell:2} a SEND to oneself and another.
QByteArray payload(const QByteArray &text)
{
    // Each byte a character, so that a pattern leaves alone what is no UTF-8.
    QString filled = QString::fromLatin1(text);
    const auto replace = [&](const char *pattern, auto &&make) {
        const QRegularExpression expression(QString::fromLatin1(pattern));
        for (auto found = expression.match(filled); found.hasMatch();
             found = expression.match(filled))
            filled.replace(found.capturedStart(), found.capturedLength(),
                QString::fromLatin1(make(found.captured(1).toLatin1())));
    };
    replace("\\{x(\\d+)\\}", [](const QByteArray &n) { return QByteArray(n.toInt(), 'x'); });
    replace("\\{heartbeat:?(\\d*)\\}",
        [](const QByteArray &n) { return Beat.leftJustified(n.toInt(), ' '); });
    replace("\\{say:(.*)\\}", [](const QByteArray &body) { return sendTo("1", body); });
    replace("\\{tell:(\\d+)\\}", [](const QByteArray &user) { return sendTo(user, "x"); });
    replace("\\{code:(\\d+)\\}", [](const QByteArray &number) {
        QByteArray code(2, Qt::Uninitialized);
        qToBigEndian(number.toUShort(), code.data());
        return code;
    });
    return unescaped(filled.toLatin1());
}

QByteArray oneFrame(const Kind &kind, const QByteArray &payload)
{
    QByteArray frame = clientFrame(kind.opcode, payload, kind.final);
    frame[0] = char(frame[0] | kind.reserved << 4);
    if (!kind.masked) // only short ones are sent so
        frame = frame.left(1) + char(payload.size()) + payload;
    return frame;
}

QByteArray inPieces(const Kind &kind, const QByteArray &payload)
{
    QByteArray frames = clientFrame(kind.opcode, {}, false);
    for (int i = 0; i < kind.emptyPieces; ++i)
        frames += clientFrame(0, {}, false);
    const qsizetype size = kind.bytesOfAPiece.value_or(payload.size());
    for (qsizetype at = 0; at < payload.size(); at += size)
        frames += clientFrame(0, payload.mid(at, size), at + size >= payload.size());
    return frames;
}

// The bytes of a description such as "fin=0 text abc"; behind a | comes another frame.
QByteArray frames(const QString &text)
{
    QByteArray bytes;
    for (QByteArray description : text.toUtf8().split('|')) {
        if (description.startsWith("bytes ")) {
            bytes += QByteArray::fromHex(description.mid(6));
            continue;
        }
        Kind kind;
        bool isWhole = false;
        while (!isWhole && description.contains(' ')) {
            const qsizetype end = description.indexOf(' ');
            isWhole = readWord(description.first(end), kind);
            description.remove(0, end + 1);
        }
        if (!isWhole)
            qFatal("not a frame: %s", qPrintable(text));
        const bool isOne = !kind.bytesOfAPiece && kind.emptyPieces == 0;
        bytes += (isOne ? oneFrame : inPieces)(kind, payload(description));
    }
    return bytes;
}

void expectPong(RawClient &client, const QByteArray &payload)
{
    const auto frame = client.frame();
    QVERIFY(frame);
    QVERIFY2(frame->opcode == Pong, frame->payload);
    QCOMPARE(frame->payload, payload);
}

void expectClose(RawClient &client, const QByteArrayList &codes)
{
    const auto frame = client.frame();
    QVERIFY2(frame, "the connection ended without a Close");
    QVERIFY2(frame->opcode == Close, frame->payload);
    QVERIFY(frame->payload.size() >= 2 && frame->payload.size() <= 125);
    const auto code = QByteArray::number(qFromBigEndian<quint16>(frame->payload.constData()));
    QVERIFY2(codes.contains(code), code + ' ' + frame->payload.mid(2));
    QVERIFY2(!client.frame(), "there is something behind the Close");
}

// It is confirmed, so that the next row finds the mailbox empty.
void expectMessageToSelf(RawClient &client, const QByteArray &body)
{
    client.expect(R"({"cmd":"SENT","receiveUserId":1})");
    const QJsonObject message = client.expect(R"({"cmd":"MESSAGE","sendUserId":1})");
    QCOMPARE(message[QStringLiteral("body")].toString().toUtf8(), body);
    client.send(textFrame(R"({"cmd":"CONFIRM","ref":"r","upTo":)"
        + QByteArray::number(message[QStringLiteral("seq")].toInteger()) + '}'));
    client.expect(R"({"cmd":"CONFIRMED","removed":1})");
}

void expectOne(RawClient &client, const QString &expected)
{
    const QByteArray text = expected.toUtf8();
    const qsizetype space = text.indexOf(' ');
    const QByteArray what = space < 0 ? text : text.first(space);
    const QByteArray rest = space < 0 ? QByteArray() : text.mid(space + 1);
    if (what == "pong")
        expectPong(client, payload(rest));
    else if (what == "close")
        expectClose(client, QByteArray(rest).replace(" or ", ",").split(','));
    else if (what == "message")
        expectMessageToSelf(client, payload(rest));
    else if (what == "error")
        client.expect(R"({"cmd":"ERROR","code":")" + rest + "\"}");
    else
        client.expect(R"({"cmd":")" + what.toUpper() + "\"}");
}

} // namespace

class WebSocket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isSpokenAsItsRfcSays_data();
    void isSpokenAsItsRfcSays();

private:
    const TestServer m_server;
};

void WebSocket::isSpokenAsItsRfcSays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<bool>("oneByOne");
    for (const Row &row : conformanceRows(QStringLiteral("websocket.json"))) {
        QByteArray bytes;
        for (const QString &frame : row.texts(L1("send")))
            bytes += frames(frame);
        const QStringList expected = row.texts(L1("expect"));
        QTest::newRow(row.name) << bytes << expected << false;
        if (bytes.size() <= MostBytesOneByOne)
            QTest::newRow(row.name + ", a byte at a time") << bytes << expected << true;
    }
}

void WebSocket::isSpokenAsItsRfcSays()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, expected);
    QFETCH(bool, oneByOne);
    RawClient client(m_server.chatUrl(1));
    for (qsizetype at = 0, step = oneByOne ? 1 : bytes.size(); at < bytes.size(); at += step)
        client.send(bytes.mid(at, step));
    for (const QString &one : expected) {
        expectOne(client, one);
        if (QTest::currentTestFailed())
            return;
    }
    if (expected.last().startsWith(L1("close")))
        return;
    client.send(clientFrame(Ping, "still there"));
    expectPong(client, "still there");
}

QTEST_GUILESS_MAIN(WebSocket)
#include "websocket.moc"
