// SPDX-License-Identifier: MIT
#include "scenario/run/cast.h"

#include "protocol/codec.h"

namespace parley::scenario {

using frames::Frame;
using frames::Kind;

QMap<QString, Person> castPeople(const Scenario &scenario, qint64 firstId)
{
    QMap<QString, Person> people;
    qint64 next = std::max(qint64(1), firstId);
    qint64 nobody = MaxInteger;
    QSet<qint64> taken;
    for (const User &user : scenario.users) {
        if (user.id && firstId == 0)
            taken.insert(*user.id);
    }
    for (const User &user : scenario.users) {
        while (taken.contains(next))
            ++next;
        const qint64 id = user.id && firstId == 0 ? *user.id : user.absent ? nobody-- : next++;
        const QString name = firstId == 0 ? user.name : user.name + u'-' + QString::number(id);
        const bool logsIn = std::ranges::any_of(scenario.clients,
            [&](const Client &client) { return client.login && client.user == user.name; });
        const QString password =
            user.password.isEmpty() && logsIn ? QStringLiteral("demo") : user.password;
        people.insert(user.name, {UserId(id), name, password, user.absent});
    }
    return people;
}

Cast::Cast(play::Stage &stage, QObject *parent)
    : QObject(parent)
    , m_stage(stage)
{
    connect(&stage.log(), &frames::FrameLog::appended, this, &Cast::take);
}

bool Cast::prepare(const Scenario &scenario, const Venue &venue)
{
    m_venue = venue;
    for (const Client &client : scenario.clients) {
        const QString name = QStringLiteral("Client") + client.name;
        while (!m_stage.player(name)) {
            if (!m_stage.addPlayer())
                return false;
        }
        Actor &actor = m_actors[client.name];
        actor.client = client;
        actor.person = venue.people.value(client.user);
        actor.player = m_stage.player(name);
        m_byPane[actor.player->pane()] = &actor;
        actor.oldAccount = actor.player->account();
        actor.oldAutoConfirm = actor.player->autoConfirm();
        actor.oldHeartbeat = actor.player->heartbeat();
        actor.player->setAccount(account(actor));
        actor.player->setAutoConfirm(client.autoConfirm);
        actor.player->setHeartbeat(client.heartbeat);
        actor.player->setConfirmHabit(play::ConfirmHabit::Proper);
        actor.player->watch({});
        connect(actor.player, &play::Player::stateChanged, this, &Cast::happened);
        connect(actor.player, &play::Player::unreadChanged, this, &Cast::happened);
    }
    return true;
}

void Cast::leave()
{
    for (auto &[name, actor] : m_actors)
        actor.player->disconnectFromServer();
}

void Cast::restore()
{
    for (auto &[name, actor] : m_actors) {
        actor.player->setAccount(actor.oldAccount);
        actor.player->setAutoConfirm(actor.oldAutoConfirm);
        actor.player->setHeartbeat(actor.oldHeartbeat);
        actor.player->setConfirmHabit(play::ConfirmHabit::Proper);
        actor.player->watch({});
    }
}

bool Cast::areAllOffline() const
{
    return std::ranges::all_of(m_actors,
        [](const auto &entry) { return entry.second.player->state() == client::State::Offline; });
}

Actor *Cast::find(const QString &client)
{
    const auto found = m_actors.find(client);
    return found == m_actors.end() ? nullptr : &found->second;
}

play::Account Cast::account(const Actor &actor) const
{
    play::Account account;
    account.server = m_venue.server;
    account.userId = actor.person.id;
    if (actor.client.login) {
        account.way = play::Account::Way::Login;
        account.username = actor.person.loginName;
        account.password =
            actor.client.password.isEmpty() ? actor.person.password : actor.client.password;
    } else {
        account.way = play::Account::Way::SecretKey;
        account.secretKey = m_venue.secretKey;
    }
    return account;
}

void Cast::take(const Frame &frame)
{
    const auto found = m_byPane.find(frame.pane);
    if (found == m_byPane.end())
        return;
    if (frame.kind == Kind::Received)
        takeReceived(*found->second, frame);
    else if (frame.kind == Kind::Ended)
        found->second->seen.push_back(frame.number);
    Q_EMIT happened();
}

void Cast::takeReceived(Actor &actor, const Frame &frame)
{
    if (frame.ref.startsWith("\"~")) {
        actor.answers.insert(frame.ref, frame.number);
        return;
    }
    actor.seen.push_back(frame.number);
    const bool isTransient = frame.code == name(ErrorCode::RateLimited)
        || frame.code == name(ErrorCode::StoreUnavailable);
    const auto receive = [&](Seq seq, UserId sender, const QByteArray &clientId) {
        if (actor.receivedSeqs.insert(seq).second)
            actor.received.push_back({seq, sender, clientId, frame.number});
    };
    if (frame.cmd == "MESSAGE") {
        receive(frame.seq, frame.peerUserId, frame.clientId);
    } else if (frame.cmd == "MESSAGES") {
        const auto reply = protocol::decodeReply(frame.payload);
        const auto *page = reply ? std::get_if<protocol::Messages>(&*reply) : nullptr;
        for (const auto &message : page ? page->messages : std::vector<protocol::Message>())
            receive(message.seq, message.sendUserId, message.clientId);
    }
    if (frame.cmd == "SENT") {
        actor.unanswered.remove(frame.clientId);
        m_accepted[frame.peerUserId].emplace(frame.seq, frame.clientId);
    } else if (frame.cmd == "ERROR" && !isTransient) {
        actor.unanswered.remove(frame.clientId);
    }
}

} // namespace parley::scenario
