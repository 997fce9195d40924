// SPDX-License-Identifier: MIT
#include "app/control/answerer.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <unistd.h>

namespace parley::app::control {

namespace {

constexpr std::chrono::milliseconds Pause{100};

QByteArray errorLine(const QString &text)
{
    return lineOf({{QStringLiteral("error"), text}});
}

} // namespace

// One peer: it asks once, is answered once, and then ends.
class Answerer::Peer : public QObject {
public:
    Peer(quint64 number, int descriptor, Answerer &owner)
        : m_number(number)
        , m_owner(owner)
    {
        m_socket.setReadBufferSize(QuestionBytes + 1);
        m_socket.setSocketDescriptor(descriptor);
        m_timeout.setSingleShot(true);
        connect(&m_socket, &QLocalSocket::readyRead, this, [this] { read(); });
        connect(&m_socket, &QLocalSocket::disconnected, this, [this] { end(); });
        connect(&m_timeout, &QTimer::timeout, this, [this] { end(); });
        m_timeout.start(owner.m_peerTimeout);
    }

    quint64 number() const { return m_number; }
    // Then it ends, when all of that has been read or its time is over.
    void answer(const QByteArray &lines)
    {
        m_hasAsked = true;
        m_socket.write(lines);
        m_socket.disconnectFromServer();
    }

private:
    void read()
    {
        if (m_hasAsked)
            return;
        m_line += m_socket.read(QuestionBytes + 1 - m_line.size());
        const qsizetype end = m_line.indexOf('\n');
        if (end < 0 && m_line.size() <= QuestionBytes)
            return;
        m_hasAsked = true;
        if (end < 0)
            return answer(
                errorLine(QStringLiteral("a question has at most %1 bytes").arg(QuestionBytes)));
        m_owner.ask(*this, m_line.first(end));
    }
    // Not in a call of its own.
    void end()
    {
        m_timeout.stop();
        QMetaObject::invokeMethod(
            &m_owner, [&owner = m_owner, number = m_number] { owner.m_peers.erase(number); },
            Qt::QueuedConnection);
    }

    const quint64 m_number;
    Answerer &m_owner;
    QLocalSocket m_socket;
    QTimer m_timeout;
    QByteArray m_line;
    bool m_hasAsked = false;
};

Answerer::Answerer(Handler handler, std::chrono::milliseconds peerTimeout)
    : m_handler(std::move(handler))
    , m_peerTimeout(peerTimeout)
{
    m_way->end = this;
    m_thread.setObjectName(QStringLiteral("control"));
}

Answerer::~Answerer()
{
    {
        const std::lock_guard lock(m_way->mutex);
        m_way->end = nullptr;
    }
    if (m_thread.isRunning()) {
        const auto stop = [this] {
            m_notifier.reset();
            m_peers.clear();
        };
        QMetaObject::invokeMethod(this, stop, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
}

Done Answerer::listen(const QString &path)
{
    auto socket = ListeningSocket::at(path);
    if (!socket)
        return socket.failure();
    m_socket.emplace(std::move(*socket));
    moveToThread(&m_thread);
    m_thread.start();
    const auto begin = [this] {
        m_notifier =
            std::make_unique<QSocketNotifier>(m_socket->descriptor(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &Answerer::accept);
    };
    QMetaObject::invokeMethod(this, begin, Qt::QueuedConnection);
    return done();
}

void Answerer::accept()
{
    for (int descriptor = m_socket->accept(); descriptor >= 0; descriptor = m_socket->accept()) {
        if (m_peers.size() >= size_t(Peers)) {
            ::close(descriptor);
            continue;
        }
        const quint64 number = ++m_lastPeer;
        m_peers.emplace(number, std::make_unique<Peer>(number, descriptor, *this));
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return;
    // There is no descriptor for it, and it would be told again at once.
    m_notifier->setEnabled(false);
    QTimer::singleShot(Pause, m_notifier.get(), [this] { m_notifier->setEnabled(true); });
}

void Answerer::ask(Peer &peer, const QByteArray &text)
{
    const QJsonDocument question = QJsonDocument::fromJson(text);
    if (!question.isObject())
        return peer.answer(errorLine(QStringLiteral("a question is a JSON object")));
    const auto tell = [way = m_way, number = peer.number()](Lines lines) {
        const std::lock_guard lock(way->mutex);
        Answerer *const end = way->end;
        if (!end)
            return;
        QMetaObject::invokeMethod(
            end, [end, number, lines = std::move(lines)] { end->told(number, lines); },
            Qt::QueuedConnection);
    };
    m_handler(question.object(), tell);
}

void Answerer::told(quint64 number, const Lines &lines)
{
    const auto found = m_peers.find(number);
    if (found == m_peers.end())
        return; // it has gone
    auto text = lines();
    if (text && text->size() > AnswerBytes)
        text = Failure{QStringLiteral("the answer is too long")};
    found->second->answer(
        text ? *text + lineOf({{QStringLiteral("end"), true}}) : errorLine(text.failure().text));
}

} // namespace parley::app::control
