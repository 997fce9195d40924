// SPDX-License-Identifier: MIT
#include "support/rawclient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QtEndian>
#include <QTest>
#include <QTimer>

#include <sys/socket.h>

namespace parley::test {
namespace {

constexpr int Patience = 10'000; // ms; only a failure takes that long
constexpr int ReceiveBufferBytes = 16 << 10; // so that what is not read soon stays with the server

void fail(const QByteArray &why)
{
    QTest::qFail(why.constData(), __FILE__, __LINE__);
}

} // namespace

bool waitUntil(const std::function<bool()> &isSo)
{
    const QDeadlineTimer deadline(Patience);
    QTimer wake; // whatever happens on other threads makes no event here
    wake.start(20);
    while (!isSo()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

QByteArray HttpReply::header(const QByteArray &name) const
{
    const QByteArray start = name.toLower() + ':';
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith(start))
            return line.mid(start.size()).trimmed();
    }
    return {};
}

QJsonObject HttpReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray HttpReply::errorCode() const
{
    const QJsonObject all = json();
    const QJsonObject error = all.value(QStringLiteral("error")).toObject();
    if (all.size() != 1 || error.size() != 2
        || error.value(QStringLiteral("message")).toString().isEmpty())
        return {};
    return error.value(QStringLiteral("code")).toString().toUtf8();
}

QByteArray chatRequest(const QUrl &url, const QByteArray &moreHeaders)
{
    return "GET " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority) + " HTTP/1.1\r\n"
        + UpgradeHeaders + moreHeaders + "\r\n";
}

QByteArray loginRequest(const QByteArray &username, const QByteArray &password)
{
    const QByteArray body = R"({"username":")" + username + R"(","password":")" + password + "\"}";
    return "POST /login HTTP/1.1\r\nHost: test\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray logoutRequest(const QByteArray &session)
{
    return "POST /logout HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + session + "\r\n\r\n";
}

QByteArray chatRequest(const HttpReply &login)
{
    const QByteArray target = login.json().value(QStringLiteral("chat")).toString().toLatin1();
    return "GET " + target + " HTTP/1.1\r\n" + UpgradeHeaders + "\r\n";
}

QByteArray clientFrame(int opcode, const QByteArray &payload, bool final)
{
    constexpr char Mask[]{0x11, 0x72, char(0xA3), 0x04};
    QByteArray frame(1, char((final ? 0x80 : 0) | opcode));
    if (payload.size() < 126) {
        frame += char(0x80 | payload.size());
    } else if (payload.size() < 65536) {
        frame += QByteArray(3, char(0x80 | 126));
        qToBigEndian(quint16(payload.size()), frame.data() + 2);
    } else {
        frame += QByteArray(9, char(0x80 | 127));
        qToBigEndian(quint64(payload.size()), frame.data() + 2);
    }
    frame.append(Mask, 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload[i] ^ Mask[i % 4]);
    return frame;
}

QByteArray closeFrame(int code, const QByteArray &reason)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(quint16(code), payload.data());
    return clientFrame(8, payload + reason);
}

RawClient::RawClient(quint16 port, const QByteArray &source)
{
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, [this] {
        if (m_socket.readBufferSize() == 0)
            m_input += m_socket.readAll();
    });
    m_socket.bind(QHostAddress(QString::fromLatin1(source)));
    m_socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, ReceiveBufferBytes);
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!m_socket.waitForConnected(Patience))
        fail("cannot connect: " + m_socket.errorString().toUtf8());
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

RawClient::RawClient(const QUrl &chat)
    : RawClient(quint16(chat.port()))
{
    if (upgrade(chatRequest(chat)).status == 101)
        expect(R"({"cmd":"HELLO"})");
    else
        fail("not upgraded");
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::endWriting()
{
    m_socket.flush();
    waitUntil([this] { return m_socket.bytesToWrite() == 0; });
    ::shutdown(int(m_socket.socketDescriptor()), SHUT_WR);
}

void RawClient::reset()
{
    const linger now{1, 0};
    ::setsockopt(int(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket.abort();
}

HttpReply RawClient::reply()
{
    if (!waitUntil([this] { return hasEnded(); }))
        fail("the connection did not end behind the answer");
    m_input += m_socket.readAll();
    HttpReply reply;
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return reply;
    reply.head = m_input.first(end);
    reply.body = m_input.mid(end + 4);
    reply.status = reply.head.mid(9, 3).toInt();
    return reply;
}

int RawClient::status(const QByteArray &request)
{
    send(request);
    (void)waitUntil([this] { return hasEnded() || m_input.contains("\r\n\r\n"); });
    return m_input.startsWith("HTTP/1.1 ") ? m_input.mid(9, 3).toInt() : 0;
}

HttpReply RawClient::upgrade(const QByteArray &request)
{
    if (status(request) != 101)
        return reply();
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    const HttpReply upgraded{101, m_input.first(end), {}};
    m_input.remove(0, end + 4);
    return upgraded;
}

std::optional<WireFrame> RawClient::parseFrame()
{
    if (m_input.size() < 2)
        return std::nullopt;
    const int shortLength = m_input[1] & 0x7F;
    const int lengthBytes = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
    if (m_input.size() < 2 + lengthBytes)
        return std::nullopt;
    const char *longLength = m_input.constData() + 2;
    const auto length = lengthBytes == 8 ? qsizetype(qFromBigEndian<quint64>(longLength))
        : lengthBytes == 2               ? qsizetype(qFromBigEndian<quint16>(longLength))
                                         : shortLength;
    if (m_input.size() < 2 + lengthBytes + length)
        return std::nullopt;
    // A server's frames are final, without reserved bits, and not masked.
    if ((m_input[0] & 0xF0) != 0x80 || m_input[1] & 0x80)
        fail("not a frame of a server: " + m_input.first(2).toHex());
    WireFrame frame{m_input[0] & 0x0F, m_input.mid(2 + lengthBytes, length)};
    m_input.remove(0, 2 + lengthBytes + length);
    return frame;
}

std::optional<WireFrame> RawClient::frame()
{
    std::optional<WireFrame> frame;
    if (!waitUntil([&] { return (frame = parseFrame()) || hasEnded(); }))
        fail("nothing came");
    return frame ? frame : parseFrame(); // what came with the end
}

QJsonObject RawClient::expect(const QByteArray &fields)
{
    const QJsonObject expected = QJsonDocument::fromJson(fields).object();
    if (expected.isEmpty())
        qFatal("not a JSON object: %s", fields.constData());
    const auto frame = this->frame();
    if (!frame || frame->opcode != 1) {
        fail("expected " + fields + ", got "
            + (frame ? "opcode " + QByteArray::number(frame->opcode) + ' ' + frame->payload
                     : QByteArray("the end")));
        return {};
    }
    const QJsonObject got = QJsonDocument::fromJson(frame->payload).object();
    for (auto field = expected.begin(); field != expected.end(); ++field) {
        if (got.value(field.key()) == field.value())
            continue;
        fail("expected " + fields + ", got " + frame->payload);
        return {};
    }
    return got;
}

int RawClient::closeCode()
{
    while (const auto next = frame()) {
        if (next->opcode == 8)
            return next->payload.size() < 2 ? 0 : qFromBigEndian<quint16>(next->payload.data());
    }
    return 0;
}

HttpReply ask(quint16 port, const QByteArray &request, const QByteArray &source)
{
    RawClient client(port, source);
    client.send(request);
    return client.reply();
}

} // namespace parley::test
