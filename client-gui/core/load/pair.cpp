// SPDX-License-Identifier: MIT
#include "load/pair.h"

#include <algorithm>

namespace parley::load {
namespace {

using client::State;

const QByteArray Mark = QByteArrayLiteral("parley-load");

qint64 us(const QElapsedTimer &clock)
{
    return clock.nsecsElapsed() / 1000;
}

} // namespace

Pair::Pair(Settings settings, client::Options sender, client::Options receiver, Tally &tally)
    : m_settings(std::move(settings))
    , m_tally(tally)
    , m_sender(std::move(sender))
    , m_receiver(std::move(receiver))
{
    for (client::ChatClient *client : {&m_sender, &m_receiver}) {
        connect(client, &client::ChatClient::stateChanged, this, &Pair::stateHasChanged);
        connect(
            client, &client::ChatClient::errorReceived, this, [this](const protocol::Error &error) {
                m_wasPaused = m_wasPaused || client::isTransient(error.code);
                if (error.clientId.isNull() || client::isTransient(error.code))
                    complain(error); // else sendFailed() tells of it
            });
        connect(client, &client::ChatClient::confirmed, this, [this](qint64 removed) {
            m_tally.confirmed += removed;
            m_toConfirm -= removed;
        });
    }
    connect(&m_receiver, &client::ChatClient::helloReceived, this,
        [this](const protocol::Hello &hello) {
            m_receiverId = hello.userId;
            look();
        });
    connect(&m_receiver, &client::ChatClient::messageReceived, this, &Pair::receive);
    connect(&m_sender, &client::ChatClient::stored, this, [this] {
        ++m_stored;
        ++m_tally.stored;
    });
    connect(&m_sender, &client::ChatClient::sendFailed, this,
        [this](const QByteArray &, const protocol::Error &error) {
            --m_underWay;
            m_isSending = false; // it would be refused again
            complain(error);
        });
}

void Pair::connectBoth()
{
    m_sender.connectToServer();
    m_receiver.connectToServer();
}

void Pair::disconnectBoth()
{
    m_sender.disconnectFromServer();
    m_receiver.disconnectFromServer();
}

int Pair::connected() const
{
    return int(m_sender.state() == State::Online) + int(m_receiver.state() == State::Online);
}

bool Pair::isGone() const
{
    const auto gone = [](State state) {
        return state == State::Offline || state == State::Refused;
    };
    return gone(m_sender.state()) && gone(m_receiver.state());
}

bool Pair::isDrained() const
{
    return m_isRefused || (m_underWay == 0 && m_toConfirm <= 0);
}

void Pair::stateHasChanged(State state, const QString &reason)
{
    if (state == State::Refused)
        m_isRefused = true;
    if (state == State::Refused || state == State::Waiting)
        complain(reason);
    look();
}

void Pair::look()
{
    if (isReady())
        fill();
    if (isDecided())
        Q_EMIT changed();
}

void Pair::fill()
{
    while (m_isSending && isReady() && m_underWay < m_settings.window) {
        QByteArray body = Mark + ' ' + m_settings.run + ' ' + QByteArray::number(m_settings.number)
            + ' ' + QByteArray::number(++m_number) + ' ' + QByteArray::number(us(m_tally.clock))
            + ' ';
        if (body.size() < m_settings.bodyBytes)
            body.append(m_settings.bodyBytes - body.size(), '.');
        if (m_sender.send(m_receiverId, std::move(body)).isNull())
            return;
        ++m_underWay;
    }
}

void Pair::receive(const protocol::Message &message)
{
    const QList<QByteArray> words = message.body.left(128).split(' ');
    if (words.size() < 5 || words[0] != Mark)
        return;
    const bool isOurs = words[1] == m_settings.run;
    if (isOurs && words[2].toInt() == m_settings.number) {
        ++m_toConfirm;
        m_receiver.confirm({message.seq});
        count(words[3].toLongLong(), words[4].toLongLong());
    } else if (!isOurs && m_settings.sweeps) {
        ++m_toConfirm;
        m_receiver.confirm({message.seq});
    }
}

void Pair::count(qint64 number, qint64 sentUs)
{
    if (number <= m_contiguous || m_early.contains(number)) {
        ++m_tally.doubled;
        return;
    }
    if (!m_wasPaused && !m_early.empty() && number < *m_early.rbegin())
        ++m_tally.disordered;
    m_early.insert(number);
    while (!m_early.empty() && *m_early.begin() == m_contiguous + 1) {
        ++m_contiguous;
        m_early.erase(m_early.begin());
    }
    ++m_received;
    ++m_tally.delivered;
    const qint64 latency = us(m_tally.clock) - sentUs;
    m_tally.interval.add(latency);
    m_tally.whole.add(latency);
    --m_underWay;
    fill();
}

void Pair::complain(const protocol::Error &error)
{
    const QByteArrayView text =
        error.message.isEmpty() ? parley::text(error.code) : QByteArrayView(error.message);
    complain(QString::fromUtf8(text));
}

void Pair::complain(const QString &text)
{
    ++m_tally.errors;
    m_tally.lastError = text;
}

} // namespace parley::load
