// SPDX-License-Identifier: MIT
#include "client/chatclient.h"

#include "core/log.h"

#include <algorithm>

namespace parley::client {
namespace {

constexpr size_t MostQuestions = 1000; // waiting for their turn
constexpr milliseconds ShortestPause{10}; // whatever a server says

// Our commands' marks; a CONFIRM, a FETCH and a HEARTBEAT have numbered ones. A SEND has none: its
// clientId is answered. (A TRACK's clientId is answered, too, but its mark tells it from a SEND's.)
const protocol::Ref WatchRef = QByteArrayLiteral("\"w\"");
const protocol::Ref QuestionRef = QByteArrayLiteral("\"q\"");

// What the server would refuse, and perhaps with the whole connection.
std::optional<protocol::Error> whyUnfit(const protocol::Send &message, const Limits &limits)
{
    const auto error = [&](ErrorCode code, const QByteArray &field) {
        return protocol::Error{code, {}, {}, message.clientId, field, {}};
    };
    const qint64 receiver = message.receiveUserId.value();
    if (receiver < 1 || receiver > MaxInteger)
        return error(ErrorCode::BadField, "receiveUserId");
    if (!protocol::isUtf8(message.clientId)
        || protocol::codePoints(message.clientId) > limits::ClientIdChars)
        return error(ErrorCode::BadField, "clientId");
    if (!protocol::isUtf8(message.body) || message.body.contains('\0'))
        return error(ErrorCode::BadField, "body");
    if (message.body.size() > limits.bodyBytes)
        return error(ErrorCode::TooLarge, "body");
    return {};
}

} // namespace

ChatClient::ChatClient(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_connector(m_options, m_clock)
    , m_heart(m_clock)
    , m_outbox(m_options.outbox)
    , m_heartbeat(m_options.heartbeat)
{
    m_pump.setSingleShot(true);
    connect(&m_pump, &QTimer::timeout, this, &ChatClient::pump);
    connect(&m_connector, &Connector::stateChanged, this, &ChatClient::stateHasChanged);
    connect(&m_connector, &Connector::frameReceived, this, &ChatClient::readFrame);
    connect(&m_connector, &Connector::closed, this, &ChatClient::closed);
    connect(&m_connector, &Connector::attemptFailed, this, &ChatClient::attemptFailed);
    connect(&m_connector, &Connector::loggedOut, this, &ChatClient::loggedOut);
    connect(&m_heart, &Heart::beat, this, &ChatClient::beat);
    connect(&m_heart, &Heart::fellSilent, this,
        [this] { m_connector.drop(QStringLiteral("the server was silent for too long")); });
}

QByteArray ChatClient::send(UserId receiver, QByteArray body, const SendOptions &options)
{
    const QByteArray id = options.clientId.isEmpty() ? newClientId() : options.clientId;
    const bool receipt = options.receipt.value_or(m_options.receipts);
    if (!m_outbox.add({receiver, std::move(body), id, receipt}))
        return {};
    pumpLater();
    return id;
}

void ChatClient::confirm(const std::vector<Seq> &seqs)
{
    for (const Seq seq : seqs) {
        if (seq > Seq())
            m_confirms.add(seq);
    }
    pumpLater();
}

void ChatClient::confirmUpTo(Seq seq)
{
    if (seq > Seq())
        m_confirms.addUpTo(seq);
    pumpLater();
}

void ChatClient::fetch()
{
    m_fetchWanted = true;
    pumpLater();
}

bool ChatClient::watch(std::vector<UserId> userIds)
{
    if (userIds.size() > limits::Users)
        return false;
    m_watched = std::move(userIds);
    ask({protocol::Watch{m_watched}, WatchRef});
    return true;
}

bool ChatClient::status(const std::vector<UserId> &userIds)
{
    return userIds.size() <= limits::Users && ask({protocol::Status{userIds}, QuestionRef});
}

bool ChatClient::track(const QByteArray &clientId)
{
    return ask({protocol::Track{clientId}, QuestionRef});
}

bool ChatClient::sendRaw(const QByteArray &frame)
{
    if (!m_connector.send(frame))
        return false;
    Q_EMIT frameSent(frame);
    return true;
}

void ChatClient::setHeartbeat(bool on)
{
    m_heartbeat = on;
    if (!on)
        m_heart.stop();
    else if (state() == State::Online)
        m_heart.start(m_limits.heartbeatInterval, m_limits.heartbeatTimeout);
}

void ChatClient::setReading(bool on)
{
    m_isReading = on;
    m_heart.heard();
    m_connector.setReading(on);
}

void ChatClient::stateHasChanged(State state, const QString &reason)
{
    if (state != State::Online) {
        m_isReading = true;
        m_pump.stop();
        m_heart.stop();
        m_outbox.connectionLost();
        m_inbox.connectionLost();
        m_confirms.connectionLost();
        m_questions.clear();
        m_fetchRef = {};
    }
    Q_EMIT stateChanged(state, reason);
}

void ChatClient::readFrame(const QByteArray &frame)
{
    m_heart.heard();
    Q_EMIT frameReceived(frame);
    const std::optional<protocol::Reply> reply = protocol::decodeReply(frame);
    const State expected = reply && std::holds_alternative<protocol::Hello>(*reply)
        ? State::Connecting
        : State::Online;
    if (reply && state() == expected)
        std::visit([this](const auto &fact) { on(fact); }, *reply);
    else
        qCInfo(lcClient) << "ignored a frame of" << frame.size()
                         << "bytes:" << (reply ? "not expected now" : "malformed or unknown");
}

void ChatClient::on(const protocol::Hello &hello)
{
    m_limits = hello.limits;
    m_pace.start(m_limits.commandsPerSecond, m_limits.burst, now());
    if (m_inbox.connected(hello)) {
        qCInfo(lcClient)
            << "this is another mailbox than before; it is received from its beginning";
        m_confirms.clear();
    }
    m_connector.setOnline();
    if (m_heartbeat)
        m_heart.start(m_limits.heartbeatInterval, m_limits.heartbeatTimeout);
    if (!m_watched.empty())
        ask({protocol::Watch{m_watched}, WatchRef});
    pumpLater();
    Q_EMIT helloReceived(hello);
}

void ChatClient::on(const protocol::Sent &sent)
{
    pumpLater();
    if (m_outbox.stored(sent.clientId))
        Q_EMIT stored(sent.clientId, sent);
}

void ChatClient::on(const protocol::Message &message)
{
    deliver(m_inbox.pushed(message));
}

void ChatClient::on(const protocol::Messages &page)
{
    if (m_fetchRef.isNull() || page.ref != m_fetchRef)
        return; // sendRaw()'s
    m_fetchRef = {};
    const std::vector<protocol::Message> messages = m_inbox.fetched(page);
    deliver(messages);
    Q_EMIT fetched(int(messages.size()), page.more);
}

void ChatClient::deliver(const std::vector<protocol::Message> &messages)
{
    pumpLater(); // to confirm, or to fetch more
    for (const protocol::Message &message : messages) {
        Q_EMIT messageReceived(message);
        if (m_options.autoConfirm)
            m_confirms.add(message.seq);
    }
}

void ChatClient::on(const protocol::Confirmed &answer)
{
    m_confirms.answered(answer.ref);
    pumpLater();
    Q_EMIT confirmed(answer.removed);
}

void ChatClient::on(const protocol::Behind &behind)
{
    m_inbox.fellBehind();
    pumpLater();
    Q_EMIT fellBehind(behind.unread);
}

void ChatClient::on(const protocol::Receipts &answer)
{
    for (const protocol::Receipt &receipt : answer.receipts)
        Q_EMIT receiptReceived(receipt);
}

void ChatClient::on(const protocol::Tracked &answer)
{
    Q_EMIT tracked(answer);
}

void ChatClient::on(const protocol::HeartbeatReply &answer)
{
    if (const auto roundTrip = m_heart.answered(answer.ref))
        Q_EMIT heartbeatAnswered(*roundTrip);
}

void ChatClient::on(const protocol::StatusReply &answer)
{
    for (const protocol::Presence &presence : answer.users)
        Q_EMIT presenceChanged(presence);
}

void ChatClient::on(const protocol::Error &error)
{
    if (takeBack(error) || isTransient(error.code)) {
        const milliseconds wish = error.retryAfter.value_or(limits::RetryAfter);
        m_pace.hold(now() + std::clamp(wish, ShortestPause, Backoff::MostWished));
    }
    pumpLater();
    Q_EMIT errorReceived(error);
}

// Whether something of ours is to be asked again after a pause. What was malformed is not.
bool ChatClient::takeBack(const protocol::Error &error)
{
    if (error.ref.isNull()) {
        const Outbox::Fate fate = m_outbox.refused(error.clientId, error.code);
        if (fate == Outbox::Fate::GivenUp)
            Q_EMIT sendFailed(error.clientId, error);
        return fate == Outbox::Fate::WillBeSentAgain;
    }
    if (isBadFrame(error.code))
        return false;
    if (error.ref == m_fetchRef) {
        m_fetchRef = {};
        m_inbox.fetchFailed();
        m_fetchWanted = true;
        return true;
    }
    if (error.ref == WatchRef)
        return ask({protocol::Watch{m_watched}, WatchRef});
    return m_confirms.refused(error.ref);
}

void ChatClient::on(const protocol::GoAway &notice)
{
    m_connector.expectEnd(notice.retryAfter);
}

bool ChatClient::ask(protocol::Request question)
{
    if (state() != State::Online || m_questions.size() >= MostQuestions)
        return false;
    m_questions.push_back(std::move(question));
    pumpLater();
    return true;
}

void ChatClient::pumpLater(milliseconds delay)
{
    if (!m_pump.isActive() || m_pump.remainingTimeAsDuration() > delay)
        m_pump.start(delay);
}

void ChatClient::pump()
{
    while (state() == State::Online) {
        const Instant now = this->now();
        if (const milliseconds wait = m_pace.wait(now); wait > milliseconds::zero()) {
            pumpLater(wait);
            return;
        }
        const std::optional<protocol::Request> command = nextCommand(now);
        if (!command)
            return;
        m_pace.spend(now);
        transmit(*command);
    }
}

// What frees the server's memory goes first, what fills it last.
std::optional<protocol::Request> ChatClient::nextCommand(Instant now)
{
    if (auto confirm = m_confirms.take())
        return confirm;
    const bool wantsFetch = m_fetchWanted || (m_options.autoFetch && m_inbox.needsFetch());
    if (wantsFetch && !m_inbox.isFetching()) {
        m_fetchWanted = false;
        m_fetchRef = "\"f" + QByteArray::number(++m_lastFetch) + '"';
        return protocol::Request{m_inbox.beginFetch(m_options.fetchLimit), m_fetchRef};
    }
    if (!m_questions.empty()) {
        protocol::Request question = std::move(m_questions.front());
        m_questions.pop_front();
        return question;
    }
    return nextMessage(now);
}

std::optional<protocol::Request> ChatClient::nextMessage(Instant now)
{
    while (const protocol::Send *message = m_outbox.take(now)) {
        const std::optional<protocol::Error> unfit = whyUnfit(*message, m_limits);
        if (!unfit)
            return protocol::Request{*message, {}};
        m_outbox.remove(unfit->clientId);
        Q_EMIT sendFailed(unfit->clientId, *unfit);
    }
    return {};
}

void ChatClient::transmit(const protocol::Request &request)
{
    sendRaw(protocol::encode(request));
}

void ChatClient::beat(const protocol::Ref &ref)
{
    const Instant now = this->now();
    if (const auto oldest = m_outbox.oldestInFlight();
        oldest && now - *oldest >= m_options.answerTimeout) {
        m_connector.drop(QStringLiteral("a SEND was not answered in time"));
        return;
    }
    if (!m_isReading)
        m_heart.heard(); // as far as we let it
    m_pace.spend(now);
    transmit({protocol::Heartbeat{}, ref});
}

} // namespace parley::client
