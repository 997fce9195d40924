// SPDX-License-Identifier: MIT
// Handshake: QWebSocketServer makes the 101, and nothing of it is left behind.
#include "gateway/websocket/handshake.h"

#include <QCoreApplication>
#include <QTest>

using namespace parley::websocket;

class HandshakeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWithTheKeyOfRfc6455()
    {
        Handshake handshake;
        for (int i = 0; i < 100; ++i) { // more than QWebSocketServer lets wait
            const QByteArray answer = handshake.accept("dGhlIHNhbXBsZSBub25jZQ==");
            QVERIFY(answer.startsWith("HTTP/1.1 101 "));
            QVERIFY(answer.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
            QVERIFY(answer.endsWith("\r\n\r\n"));
            QVERIFY(!answer.contains("Access-Control-")); // not its to give
            QCOMPARE(answer.indexOf("\r\n\r\n"), answer.size() - 4); // and no Close behind it
        }
        QCoreApplication::processEvents(); // whatever was posted has its object
    }

    void tellsWhenThereIsNoHandshake()
    {
        Handshake handshake;
        QVERIFY(handshake.accept({}).isNull());
        QVERIFY(!handshake.accept("dGhlIHNhbXBsZSBub25jZQ==").isNull());
    }

    // Whether QWebSocketServer was asked or its last answer used: the same but for the Date.
    void answersEachKeyAsQWebSocketServerDoes()
    {
        const auto withoutDate = [](const QByteArray &answer) {
            const qsizetype at = answer.indexOf("Date: ");
            return answer.first(at) + answer.sliced(answer.indexOf('\r', at));
        };
        Handshake used;
        for (char i = 0; i < 50; ++i) {
            const QByteArray key = QByteArray(16, i).toBase64();
            Handshake fresh; // and so asks
            QCOMPARE(withoutDate(used.accept(key)), withoutDate(fresh.accept(key)));
        }
    }
};

QTEST_GUILESS_MAIN(HandshakeTest)
#include "handshake.moc"
