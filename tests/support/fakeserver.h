// SPDX-License-Identifier: MIT
// A server that says only what a test tells it to: for tests of clients.
#pragma once

#include "protocol/codec.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <deque>

namespace parley::test {

class FakeServer : public QObject {
    Q_OBJECT

public:
    FakeServer();

    QUrl url() const;

    // The next requests but for upgrades are answered with these, in order, and closed.
    void answer(const QByteArray &response) { m_responses.push_back(response); }
    // The next upgrades are refused with these, in order; what comes after them is accepted.
    void refuse(const QByteArray &response) { m_refusals.push_back(response); }
    // A whole HTTP response.
    static QByteArray response(
        int status, const QByteArray &body = {}, const QByteArray &header = {});

    // The heads and bodies of all requests so far.
    const std::vector<QByteArray> &requests() const { return m_requests; }
    int connections() const { return m_connections; }

    // Waits for the next connection; what is said and expected from now on is on it.
    bool accept();
    // accept(), and a HELLO with these.
    bool welcome(qint64 unread = 0, qint64 lastSeq = 0);
    bool welcome(const protocol::Hello &);
    static protocol::Hello hello(qint64 unread = 0, qint64 lastSeq = 0);

    // The next frame of the connection but for HEARTBEATs, if it is this command.
    template <class T> std::optional<T> expect()
    {
        const bool came = QTest::qWaitFor([this] { return !m_frames.empty(); });
        if (!came)
            return {};
        const protocol::Request request = std::move(m_frames.front());
        m_frames.pop_front();
        m_ref = request.ref;
        const T *command = std::get_if<T>(&request.command);
        return command ? std::optional(*command) : std::nullopt;
    }
    // Of the command that was expected last.
    const protocol::Ref &ref() const { return m_ref; }
    bool isSilent() const { return m_frames.empty(); }

    void say(const protocol::Reply &reply) { sayRaw(protocol::encode(reply)); }
    void sayRaw(const QByteArray &text);
    void sayBinary(const QByteArray &bytes) { m_socket->sendBinaryMessage(bytes); }
    void message(qint64 seq);
    void messages(std::vector<qint64> seqs, bool more);
    void stored(const protocol::Send &, qint64 seq);
    static protocol::Message makeMessage(qint64 seq);

    bool answersHeartbeats = true;
    bool takesBadFrames = false; // otherwise they fail the test
    int heartbeats = 0;

    void close(int code, const QString &reason = {});
    // Ends the connection without a Close frame.
    void cut();
    // The Close frame's code that the last connection ended with; 0: it has not ended.
    int closeCode() const { return m_closeCode; }

private:
    void readRequest(QTcpSocket *);
    void readFrame(const QString &);

    QTcpServer m_listener;
    QWebSocketServer m_webSockets;
    std::deque<QByteArray> m_responses;
    std::deque<QByteArray> m_refusals;
    std::vector<QByteArray> m_requests;
    std::deque<protocol::Request> m_frames;
    protocol::Ref m_ref;
    QPointer<QWebSocket> m_socket;
    int m_connections = 0;
    int m_closeCode = 0;
};

} // namespace parley::test
