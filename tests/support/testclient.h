// SPDX-License-Identifier: MIT
// A client that plays one side of a dialogue: tests read as what is said and what is answered.
#pragma once

#include <QJsonObject>
#include <QUrl>
#include <QWebSocket>

#include <deque>

namespace parley::test {

// Every expectation waits for what comes next, 10 s at most, and fails the test otherwise (as
// QVERIFY does, by QTest::qFail; then an empty object is returned).
class TestClient {
public:
    // Connects; with expectHello(), the HELLO is taken.
    explicit TestClient(const QUrl &);
    ~TestClient();

    QJsonObject expectHello() { return expect(R"({"cmd":"HELLO"})"); }
    void send(const QByteArray &json);
    void sendBinary(const QByteArray &bytes) { m_socket.sendBinaryMessage(bytes); }
    // The next frame has these fields with these values, and perhaps others ("{}": whatever
    // it is). Returns all of it.
    QJsonObject expect(const QByteArray &fields);
    // Nothing was pushed: what a question that is asked now is answered comes next.
    void expectNothing();
    // The connection ends with this code; frames before it are skipped.
    void expectClosed(int code);
    // A SEND and its SENT; returns the seq.
    qint64 sendMessage(qint64 receiver, const QByteArray &body, const QByteArray &clientId = {});

    QWebSocket &socket() { return m_socket; }
    void close();
    // Frames come, but are no longer read from the network (until the end).
    qsizetype pending() const { return qsizetype(m_frames.size()); }

private:
    QWebSocket m_socket;
    std::deque<QJsonObject> m_frames;
    int m_fence = 0;
};

} // namespace parley::test
