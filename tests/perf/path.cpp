// SPDX-License-Identifier: MIT
#include "perf/works.h"

#include "support/rawclient.h"
#include "support/testserver.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace parley::perf {
namespace {

constexpr int Messages = 1000;

// It blocks until what it waits for is there, for what polls would be counted. Knows frames below
// 64 KiB by their length only.
class Client {
public:
    Client(quint16 port, const QUrl &chat)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const sockaddr_in server{.sin_family = AF_INET,
            .sin_port = htons(port),
            .sin_addr = {htonl(INADDR_LOOPBACK)},
            .sin_zero = {}};
        demand(::connect(m_socket, reinterpret_cast<const sockaddr *>(&server), sizeof server) == 0,
            "the server listens");
        send(test::chatRequest(chat));
        while (!m_input.contains("\r\n\r\n"))
            read();
        demand(m_input.startsWith("HTTP/1.1 101 "), "it upgrades");
        m_input.remove(0, m_input.indexOf("\r\n\r\n") + 4);
        awaitFrame("HELLO");
    }
    ~Client() { ::close(m_socket); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void send(const QByteArray &bytes)
    {
        demand(
            ::send(m_socket, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL) == bytes.size(),
            "it takes what is sent");
    }

    void awaitFrame(QByteArrayView command)
    {
        qsizetype size = 0;
        while ((size = frameSize()) > m_input.size())
            read();
        demand(
            QByteArrayView(m_input).first(size).contains(command), "the answer is the right one");
        m_input.remove(0, size);
    }

private:
    qsizetype frameSize() const // at least, as far as it can be known
    {
        const auto byte = [this](int at) { return qsizetype(quint8(m_input[at])); };
        if (m_input.size() < 4)
            return 4;
        return byte(1) < 126 ? 2 + byte(1) : 4 + (byte(2) << 8) + byte(3);
    }
    void read()
    {
        char bytes[4096];
        const auto size = ::recv(m_socket, bytes, sizeof bytes, 0);
        demand(size > 0, "the connection lasts");
        m_input.append(bytes, size);
    }

    const int m_socket;
    QByteArray m_input;
};

struct Turn {
    QByteArray send;
    QByteArray confirm;
};

std::vector<Turn> turns()
{
    std::vector<Turn> turns;
    for (int i = 1; i <= Messages; ++i)
        turns.push_back({test::textFrame(R"({"cmd":"SEND","receiveUserId":2,"clientId":")"
                             + clientId(i) + R"(","body":")" + body() + "\"}"),
            test::textFrame(R"({"cmd":"CONFIRM","ref":1,"upTo":)" + QByteArray::number(i) + '}')});
    return turns;
}

// The next message is sent when the last one is gone: so every commit is of one operation.
void converse(const test::TestServer &server)
{
    Client sender(server.port(), server.chatUrl(1));
    Client receiver(server.port(), server.chatUrl(2));
    const std::vector<Turn> all = turns();
    const Counting counting;
    for (const Turn &turn : all) {
        sender.send(turn.send);
        sender.awaitFrame("\"SENT\"");
        receiver.awaitFrame("\"MESSAGE\"");
        receiver.send(turn.confirm);
        receiver.awaitFrame("\"CONFIRMED\"");
    }
}

qint64 through(const QString &storeUrl)
{
    const test::TestServer server(
        [](app::Settings &settings) { settings.limits.commandsPerSecond = 0; }, storeUrl);
    std::thread clients([&server] {
        converse(server);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec(); // the server accepts here
    clients.join();
    return Messages;
}

} // namespace

qint64 path()
{
    const test::TemporaryDatabase database;
    return through(database.url());
}

qint64 wire()
{
    return through({});
}

} // namespace parley::perf
