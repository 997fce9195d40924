// SPDX-License-Identifier: MIT
#include "play/player.h"

#include "client/identity.h"
#include "core/closecode.h"
#include "protocol/codec.h"

namespace parley::play {
namespace {

using client::ChatClient;
using client::State;
using frames::Kind;
using frames::nowUs;

// Several in flight, since the server keeps their order and a workbench shows what it does.
constexpr client::Outbox::Capacity Outbox{100'000, 256 << 20, 256, 256};

} // namespace

Player::Player(int pane, const QString &name, frames::FrameLog &log, QObject *parent)
    : QObject(parent)
    , m_pane(pane)
    , m_name(name)
    , m_log(log)
{
    m_log.setPaneName(pane, name);
}

Player::~Player()
{
    forget(m_client);
    if (m_wasOpened)
        log(frames::makeEnd(m_pane, m_userId, int(CloseCode::Normal), {}, nowUs()));
}

// It may be its own signal that brought us here.
void Player::forget(ChatClient *chat)
{
    if (!chat)
        return;
    chat->disconnect(this);
    chat->disconnectFromServer();
    chat->deleteLater();
}

void Player::setAccount(const Account &account)
{
    if (account == m_account)
        return;
    const bool isElsewhere = account.server != m_account.server;
    m_account = account;
    if (isElsewhere) {
        // The same user has another mailbox there.
        m_mailbox = {};
        m_mailboxOwner = {};
        tellUnread();
    }
    if (account.way != Account::Way::Login)
        m_userId = account.userId;
    m_log.setPaneServer(m_pane, account.server);
    Q_EMIT accountChanged();
}

State Player::state() const
{
    return m_client ? m_client->state() : State::Offline;
}

const Limits &Player::serverLimits() const
{
    static const Limits Defaults;
    return m_client ? m_client->serverLimits() : Defaults;
}

milliseconds Player::untilHeartbeat() const
{
    if (!isOnline() || !m_heartbeat)
        return {};
    const auto due = m_lastBeat + m_client->serverLimits().heartbeatInterval;
    return std::max(milliseconds(0), due - SystemClock().instant());
}

void Player::makeClient()
{
    if (m_client && m_clientsAccount.server != m_account.server)
        m_conversation.clear(); // the same seqs are other messages there
    forget(m_client);
    client::Options options;
    options.server = m_account.server;
    options.identity = identityOf(m_account);
    options.heartbeat = m_heartbeat;
    options.autoConfirm = false;
    options.autoFetch = false;
    options.receipts = true;
    options.outbox = Outbox;
    m_client = new ChatClient(options, this);
    m_clientsAccount = m_account;
    m_confirmer.clear();
    m_conversation.noteAllFailed(tr("The account was changed before it was stored."));
    connectClient();
}

void Player::connectClient()
{
    connect(m_client, &ChatClient::stateChanged, this, &Player::takeState);
    connect(m_client, &ChatClient::helloReceived, this, &Player::takeHello);
    connect(m_client, &ChatClient::frameReceived, this, &Player::takeFrame);
    connect(m_client, &ChatClient::frameSent, this, [this](const QByteArray &payload) {
        const auto frame = frames::makeFrame(m_pane, Kind::Sent, m_userId, payload, nowUs());
        noteSent(frame);
        log(frame);
        m_confirmer.noteSent(*m_client, frame);
    });
    connect(m_client, &ChatClient::closed, this, [this](int code, const QString &reason) {
        m_wasOpened = false;
        log(frames::makeEnd(m_pane, m_userId, code, reason.toUtf8(), nowUs()));
        takeEnd({.code = code, .wasOpen = true, .reason = reason});
    });
    connect(m_client, &ChatClient::attemptFailed, this, [this](const client::End &end) {
        const int code = end.httpStatus != 0 ? end.httpStatus : end.code;
        log(frames::makeEnd(m_pane, m_userId, code, end.text().toUtf8(), nowUs()));
        takeEnd(end);
    });
    connect(m_client, &ChatClient::stored, this,
        [this](const QByteArray &, const protocol::Sent &sent) {
            m_conversation.noteStored(sent);
            Q_EMIT stored(sent);
        });
    connect(m_client, &ChatClient::sendFailed, this,
        [this](const QByteArray &clientId, const protocol::Error &error) {
            const QByteArrayView why =
                error.message.isEmpty() ? parley::text(error.code) : error.message;
            m_conversation.noteFailed(clientId, QString::fromUtf8(why));
        });
    connect(m_client, &ChatClient::receiptReceived, this, [this](const protocol::Receipt &receipt) {
        m_conversation.noteConfirmed(receipt.clientId);
    });
    connect(m_client, &ChatClient::messageReceived, this, &Player::takeMessage);
    connect(m_client, &ChatClient::fetched, this, [this](int, bool more) { takePage(more); });
    connect(m_client, &ChatClient::fellBehind, this, [this](qint64 unread) {
        m_mailbox.behind(unread);
        tellUnread();
        Q_EMIT fellBehind(unread);
    });
    connect(m_client, &ChatClient::presenceChanged, this, &Player::presenceChanged);
    connect(m_client, &ChatClient::heartbeatAnswered, this, &Player::heartbeatAnswered);
    connect(m_client, &ChatClient::errorReceived, this, &Player::errorReceived);
}

void Player::takeEnd(const client::End &end)
{
    m_lastEnd = end;
    Q_EMIT ended(end);
}

void Player::log(frames::Frame frame)
{
    m_log.append(std::move(frame));
}

void Player::takeState(State state, const QString &reason)
{
    m_reason = reason;
    if (state == State::Connecting)
        m_wasOpened = false;
    if (state == State::Online)
        m_lastBeat = SystemClock().instant();
    else if (!std::exchange(m_isReading, true))
        Q_EMIT habitsChanged();
    Q_EMIT stateChanged(state);
}

void Player::takeHello(const protocol::Hello &hello)
{
    m_mailbox.hello(hello);
    // A FETCH asks only for what comes behind these.
    for (const Seq seq : m_conversation.unconfirmed()) {
        if (hello.unreadCount > 0 && seq >= hello.firstSeq)
            m_mailbox.add(seq);
    }
    tellUnread();
    if (hello.unreadCount > 0)
        Q_EMIT cameBehind(hello.unreadCount);
}

void Player::takeFrame(const QByteArray &payload)
{
    auto frame = frames::makeFrame(m_pane, Kind::Received, m_userId, payload, nowUs());
    if (frame.cmd == "HELLO") {
        const auto reply = protocol::decodeReply(payload);
        const auto *hello = reply ? std::get_if<protocol::Hello>(&*reply) : nullptr;
        if (hello && hello->userId != m_mailboxOwner)
            m_conversation.forgetUnconfirmed();
        if (hello)
            m_userId = m_mailboxOwner = frame.userId = hello->userId;
    }
    if (!std::exchange(m_wasOpened, true))
        log(frames::makeFrame(m_pane, Kind::Opened, m_userId, {}, frame.atUs));
    log(frame);
    if (frame.cmd == "CONFIRMED")
        noteConfirmed(frame);
}

void Player::takeMessage(const protocol::Message &message)
{
    m_mailbox.add(message.seq);
    m_conversation.noteReceived(message);
    tellUnread();
    Q_EMIT messageReceived(message);
    if (m_autoConfirm)
        doConfirm({message.seq});
}

void Player::takePage(bool more)
{
    if (more)
        m_client->fetch();
    else
        m_mailbox.sawAll();
    tellUnread();
    if (!more)
        Q_EMIT caughtUp();
}

void Player::noteSent(const frames::Frame &frame)
{
    if (frame.cmd == "HEARTBEAT") {
        m_lastBeat = SystemClock().instant();
    } else if (frame.cmd == "SEND") {
        m_lastSend = frame.payload;
    }
}

void Player::noteConfirmed(const frames::Frame &frame)
{
    const protocol::Confirm confirm = m_confirmer.take(frame.ref);
    m_mailbox.remove(confirm.seqs);
    m_conversation.noteRemoved(confirm.seqs);
    if (confirm.upTo) {
        m_mailbox.removeUpTo(*confirm.upTo);
        m_conversation.noteRemovedUpTo(*confirm.upTo);
    }
    tellUnread();
}

void Player::noteMailboxGrew(Seq seq)
{
    m_mailbox.grew(seq);
    tellUnread();
}

void Player::tellUnread()
{
    if (std::exchange(m_toldUnread, unread()) != unread())
        Q_EMIT unreadChanged(unread());
}

bool Player::connectToServer()
{
    say({.what = Action::What::Connect});
    if (const QString missing = whatIsMissing(m_account); !missing.isEmpty()) {
        m_reason = missing;
        Q_EMIT stateChanged(state());
        return false;
    }
    if (!m_client || m_clientsAccount != m_account)
        makeClient();
    m_client->setHeartbeat(m_heartbeat);
    m_client->connectToServer();
    if (m_watched != UserId())
        m_client->watch({m_watched});
    return true;
}

void Player::disconnectFromServer()
{
    say({.what = Action::What::Disconnect});
    if (m_client)
        m_client->disconnectFromServer();
}

QByteArray Player::send(UserId receiver, const QString &body, const QByteArray &clientId)
{
    say({.what = Action::What::Send, .receiver = receiver, .text = body, .clientId = clientId});
    if (!m_client)
        return {};
    const QByteArray id = clientId.isEmpty() ? client::newClientId() : clientId;
    m_conversation.noteSending(receiver, body, id);
    if (!m_client->send(receiver, body.toUtf8(), {id, {}}).isEmpty())
        return id;
    m_conversation.noteFailed(id, tr("Too many messages are waiting to be sent."));
    return {};
}

void Player::fetch()
{
    say({.what = Action::What::Fetch});
    if (m_client)
        m_client->fetch();
}

void Player::confirm(const std::vector<Seq> &seqs)
{
    say({.what = Action::What::Confirm, .seqs = seqs});
    doConfirm(seqs);
}

void Player::confirmAll()
{
    say({.what = Action::What::ConfirmAll});
    if (const auto seqs = m_conversation.unconfirmed(); !seqs.empty())
        doConfirm(seqs);
}

void Player::doConfirm(const std::vector<Seq> &seqs)
{
    if (m_client)
        m_confirmer.confirm(*m_client, seqs);
}

void Player::watch(UserId peer)
{
    say({.what = Action::What::Watch, .receiver = peer});
    m_watched = peer;
    if (m_client)
        m_client->watch(peer == UserId() ? std::vector<UserId>() : std::vector{peer});
}

void Player::setAutoConfirm(bool on)
{
    if (m_autoConfirm == on)
        return;
    say({.what = Action::What::SetAutoConfirm, .on = on});
    m_autoConfirm = on;
    Q_EMIT habitsChanged();
}

void Player::setHeartbeat(bool on)
{
    if (m_heartbeat == on)
        return;
    say({.what = Action::What::SetHeartbeat, .on = on});
    m_heartbeat = on;
    m_lastBeat = SystemClock().instant();
    if (m_client)
        m_client->setHeartbeat(on);
    Q_EMIT habitsChanged();
}

void Player::setConfirmHabit(ConfirmHabit habit, milliseconds delay)
{
    m_confirmer.setHabit(habit, delay);
    Q_EMIT habitsChanged();
}

void Player::setReading(bool on)
{
    if (m_isReading == on || !isOnline())
        return;
    say({.what = Action::What::SetReading, .on = on});
    m_isReading = on;
    m_client->setReading(on);
    Q_EMIT habitsChanged();
}

bool Player::sendRaw(const QByteArray &frame)
{
    say({.what = Action::What::Raw, .text = QString::fromUtf8(frame)});
    return m_client && m_client->sendRaw(frame);
}

bool Player::sendBinary(const QByteArray &bytes)
{
    say({.what = Action::What::Binary, .text = QString::fromLatin1(bytes.toHex())});
    if (!m_client || !m_client->sendBinary(bytes))
        return false;
    auto frame = frames::makeFrame(m_pane, frames::Kind::Sent, m_userId, {}, frames::nowUs());
    frame.payload = bytes;
    frame.isBinary = true;
    log(std::move(frame));
    return true;
}

bool Player::sendAgain()
{
    return !m_lastSend.isEmpty() && sendRaw(m_lastSend);
}

void Player::abortConnection()
{
    say({.what = Action::What::Abort});
    if (m_client)
        m_client->abortConnection();
}

} // namespace parley::play
