// SPDX-License-Identifier: MIT
#include "scenario/run/participants.h"

#include "protocol/codec.h"
#include "scenario/run/steptext.h"

#include <QJsonDocument>

namespace parley::scenario {

using frames::Frame;
using frames::Kind;

namespace {

// Which nothing that is expected can mean.
constexpr QByteArrayView OwnRef = "\"~";
constexpr int MostNamed = 8; // frames that a failure lists

QString nameOf(const Frame &frame)
{
    if (frame.kind == Kind::Ended)
        return StepText::tr("the end %1").arg(QString::fromLatin1(frame.code));
    QString text =
        frame.cmd.isEmpty() ? StepText::tr("not a command") : QString::fromUtf8(frame.cmd.left(40));
    if (!frame.code.isEmpty())
        text += u' ' + QString::fromUtf8(frame.code.left(40));
    if (frame.seq > Seq())
        text += StepText::tr(" #%1").arg(frame.seq.value());
    return text;
}

} // namespace

QMap<QString, KnownUser> knownUsers(const Scenario &scenario, qint64 firstId)
{
    QMap<QString, KnownUser> users;
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
        users.insert(user.name, {UserId(id), name, password, user.absent});
    }
    return users;
}

Participants::Participants(play::Players &players, QObject *parent)
    : QObject(parent)
    , m_players(players)
{
    connect(&players.log(), &frames::FrameLog::appended, this, &Participants::take);
}

bool Participants::prepare(const Scenario &scenario, const Target &target)
{
    m_target = target;
    for (const Client &client : scenario.clients) {
        const QString name = QStringLiteral("Client") + client.name;
        while (!m_players.player(name)) {
            if (!m_players.addPlayer())
                return false;
        }
        Participant &participant = m_all[client.name];
        participant.client = client;
        participant.user = target.users.value(client.user);
        participant.player = m_players.player(name);
        m_byPane[participant.player->pane()] = &participant;
        participant.oldAccount = participant.player->account();
        participant.oldAutoConfirm = participant.player->autoConfirm();
        participant.oldHeartbeat = participant.player->heartbeat();
        participant.player->setAccount(account(participant));
        participant.player->setAutoConfirm(client.autoConfirm);
        participant.player->setHeartbeat(client.heartbeat);
        participant.player->setConfirmHabit(play::ConfirmHabit::Proper);
        participant.player->watch({});
        connect(participant.player, &play::Player::stateChanged, this, &Participants::happened);
        connect(participant.player, &play::Player::unreadChanged, this, &Participants::happened);
    }
    return true;
}

void Participants::leave()
{
    for (auto &[name, participant] : m_all)
        participant.player->disconnectFromServer();
}

void Participants::restore()
{
    for (auto &[name, participant] : m_all) {
        participant.player->setAccount(participant.oldAccount);
        participant.player->setAutoConfirm(participant.oldAutoConfirm);
        participant.player->setHeartbeat(participant.oldHeartbeat);
        participant.player->setConfirmHabit(play::ConfirmHabit::Proper);
        participant.player->watch({});
    }
}

bool Participants::areAllOffline() const
{
    return std::ranges::all_of(m_all,
        [](const auto &entry) { return entry.second.player->state() == client::State::Offline; });
}

QJsonObject Participants::json(qint64 number) const
{
    const Frame *found = frame(number);
    return found ? QJsonDocument::fromJson(found->payload).object() : QJsonObject();
}

QString Participants::seenSince(const Participant &who, size_t from) const
{
    QStringList names;
    for (size_t i = from; i < who.seen.size(); ++i) {
        const Frame *seen = frame(who.seen[i]);
        if (seen && seen->cmd != "HEARTBEAT")
            names.append(nameOf(*seen));
    }
    if (names.isEmpty())
        return StepText::tr("nothing came");
    const qsizetype left = names.size() - MostNamed;
    names = names.mid(0, MostNamed);
    if (left > 0)
        names.append(StepText::tr("%1 more").arg(left));
    return StepText::tr("what came: %1").arg(names.join(QLatin1String(", ")));
}

QByteArray Participants::ask(Participant &who, const QByteArray &fields)
{
    const QByteArray ref = OwnRef.toByteArray() + QByteArray::number(++m_lastRef) + '"';
    return who.player->sendRaw('{' + fields + ",\"ref\":" + ref + '}') ? ref : QByteArray();
}

play::Account Participants::account(const Participant &participant) const
{
    play::Account account;
    account.server = m_target.server;
    account.userId = participant.user.id;
    if (participant.client.login) {
        account.way = play::Account::Way::Login;
        account.username = participant.user.loginName;
        account.password = participant.client.password.isEmpty() ? participant.user.password
                                                                 : participant.client.password;
    } else {
        account.way = play::Account::Way::SecretKey;
        account.secretKey = m_target.secretKey;
    }
    return account;
}

void Participants::take(const Frame &frame)
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

void Participants::takeReceived(Participant &participant, const Frame &frame)
{
    if (frame.ref.startsWith(OwnRef)) {
        participant.answers.insert(frame.ref, frame.number);
        return;
    }
    participant.seen.push_back(frame.number);
    const bool isTransient = frame.code == name(ErrorCode::RateLimited)
        || frame.code == name(ErrorCode::StoreUnavailable);
    const auto receive = [&](Seq seq, UserId sender, const QByteArray &clientId) {
        if (participant.receivedSeqs.insert(seq).second)
            participant.received.push_back({seq, sender, clientId, frame.number});
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
        participant.unanswered.remove(frame.clientId);
        m_accepted[frame.peerUserId].emplace(frame.seq, frame.clientId);
    } else if (frame.cmd == "ERROR" && !isTransient) {
        participant.unanswered.remove(frame.clientId);
    }
}

} // namespace parley::scenario
