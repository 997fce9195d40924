// SPDX-License-Identifier: MIT
#include "support/testclient.h"

#include <QJsonDocument>
#include <QTest>

namespace parley::test {
namespace {

constexpr int Patience = 10'000; // ms; only a failure takes that long

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void fail(const QByteArray &why)
{
    QTest::qFail(why.constData(), __FILE__, __LINE__);
}

} // namespace

TestClient::TestClient(const QUrl &url)
{
    QObject::connect(
        &m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &frame) {
            m_frames.push_back(QJsonDocument::fromJson(frame.toUtf8()).object());
        });
    m_socket.open(url);
}

TestClient::~TestClient()
{
    m_socket.abort();
}

void TestClient::send(const QByteArray &json)
{
    if (m_socket.state() == QAbstractSocket::ConnectingState)
        (void)QTest::qWaitFor(
            [&] { return m_socket.state() == QAbstractSocket::ConnectedState; }, Patience);
    m_socket.sendTextMessage(QString::fromUtf8(json));
}

QJsonObject TestClient::expect(const QByteArray &fields)
{
    const QJsonDocument document = QJsonDocument::fromJson(fields);
    const QJsonObject expected = document.object();
    if (!document.isObject())
        qFatal("not a JSON object: %s", fields.constData());
    if (!QTest::qWaitFor([&] { return !m_frames.empty(); }, Patience)) {
        fail("nothing came; expected " + fields + ", close code "
            + QByteArray::number(int(m_socket.closeCode())));
        return {};
    }
    const QJsonObject frame = m_frames.front();
    m_frames.pop_front();
    for (auto field = expected.begin(); field != expected.end(); ++field) {
        if (frame.value(field.key()) == field.value())
            continue;
        fail("expected " + fields + ", got " + text(frame));
        return {};
    }
    return frame;
}

void TestClient::expectNothing()
{
    const QByteArray fence = "fence" + QByteArray::number(++m_fence);
    send(R"({"cmd":"TRACK","clientId":"fence","ref":")" + fence + R"("})");
    expect(R"({"cmd":"TRACK","ref":")" + fence + R"("})");
}

void TestClient::expectClosed(int code)
{
    const bool ended = QTest::qWaitFor(
        [&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, Patience);
    if (!ended)
        return fail("the connection did not end; expected " + QByteArray::number(code));
    if (int(m_socket.closeCode()) != code)
        fail("expected close code " + QByteArray::number(code) + ", got "
            + QByteArray::number(int(m_socket.closeCode())));
}

qint64 TestClient::sendMessage(qint64 receiver, const QByteArray &body, const QByteArray &clientId)
{
    QJsonObject frame{{QStringLiteral("cmd"), QStringLiteral("SEND")},
        {QStringLiteral("receiveUserId"), receiver},
        {QStringLiteral("body"), QString::fromUtf8(body)}};
    if (!clientId.isNull())
        frame.insert(QStringLiteral("clientId"), QString::fromUtf8(clientId));
    send(text(frame));
    return expect(R"({"cmd":"SENT"})").value(QStringLiteral("seq")).toInteger();
}

void TestClient::close()
{
    m_socket.close();
    (void)QTest::qWaitFor(
        [&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, Patience);
}

} // namespace parley::test
