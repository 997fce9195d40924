// SPDX-License-Identifier: MIT
#include "support/chatscene.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace parley::test {
namespace {

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

template <class T> QByteArray list(const std::vector<T> &ids)
{
    QByteArrayList texts;
    for (T id : ids)
        texts.append(number(id.value()));
    return texts.join(',');
}

QByteArray textOf(const storage::StoreMessage &message)
{
    QByteArray text = "send " + number(message.sender.value()) + '>'
        + number(message.receiver.value()) + ' ' + message.body;
    if (!message.clientId.isNull())
        text += " id=" + message.clientId;
    if (message.receipt)
        text += " receipt";
    if (message.refusal)
        text += " refused=" + name(*message.refusal).toByteArray();
    return text;
}
QByteArray textOf(const storage::Confirm &confirm)
{
    return "confirm " + number(confirm.user.value())
        + (confirm.upTo ? " upTo=" + number(confirm.upTo->value()) : " seqs=" + list(confirm.seqs));
}
QByteArray textOf(const storage::Fetch &fetch)
{
    return "fetch " + number(fetch.user.value()) + " after=" + number(fetch.after.value())
        + " limit=" + number(fetch.limit);
}
QByteArray textOf(const storage::Track &track)
{
    return "track " + number(track.sender.value()) + ' ' + track.clientId;
}
QByteArray textOf(const storage::ReadMailbox &read)
{
    return "mailbox " + number(read.user.value());
}
QByteArray textOf(const storage::ReadPresence &read)
{
    return "presence " + list(read.users);
}
// "1+" is online, "1-" offline; behind it when they were seen, since the clock's start.
QByteArray textOf(const storage::WritePresence &write)
{
    QByteArrayList texts;
    for (const storage::PresenceChange &change : write.changes) {
        QByteArray text = number(change.user.value()) + (*change.online ? '+' : '-');
        if (change.lastSeen)
            text += '@' + number((*change.lastSeen - FakeClock().now()).count());
        texts.append(text);
    }
    return texts.join(',');
}
template <class Other> QByteArray textOf(const Other &)
{
    return "?";
}

QByteArray texts(const std::deque<storage::Operation> &operations)
{
    QByteArrayList texts;
    for (const storage::Operation &operation : operations)
        texts.append(text(operation));
    return texts.join('|');
}

storage::Operation takeFirst(std::deque<storage::Operation> &operations, ConnectionId asker = {})
{
    const auto first =
        std::ranges::find_if(operations, [asker](const storage::Operation &operation) {
            return asker == ConnectionId() || operation.asker == asker;
        });
    if (first == operations.end())
        qFatal("nothing was asked");
    storage::Operation operation = std::move(*first);
    operations.erase(first);
    return operation;
}

} // namespace

void ScriptedAsyncStore::submit(std::vector<storage::Operation> operations)
{
    for (storage::Operation &operation : operations) {
        const bool isPresence = std::holds_alternative<storage::WritePresence>(operation.action);
        (isPresence ? presence : questions).push_back(std::move(operation));
    }
}

QByteArray text(const storage::Operation &operation)
{
    return std::visit([](const auto &action) { return textOf(action); }, operation.action);
}

ChatScene::ChatScene(const Limits &limits, qint64 workBytes)
    : directory(backend, clock, limits.connectionsPerUser)
    , router(0, backend, directory, tracer, clock, limits, workBytes)
{
}

QByteArray ChatScene::asked()
{
    router.submit();
    return texts(backend.questions);
}

QByteArray ChatScene::presenceWritten()
{
    return texts(backend.presence);
}

void ChatScene::answer(std::vector<storage::Outcome> outcomes, ConnectionId asker)
{
    router.submit();
    const auto batch = std::make_shared<storage::Batch>();
    batch->at = clock.now();
    for (size_t i = 0; i < outcomes.size(); ++i)
        batch->operations.push_back(takeFirst(backend.questions, asker));
    batch->outcomes = std::move(outcomes);
    router.applyBatch(batch);
}

void ChatScene::answerPresence(storage::Outcome outcome)
{
    const storage::Batch batch{{takeFirst(backend.presence)}, {std::move(outcome)}, clock.now()};
    router.applyBatch(std::make_shared<storage::Batch>(batch));
}

void ChatScene::commit(storage::Action action, storage::Outcome outcome)
{
    const storage::Batch batch{
        {storage::Operation{std::move(action), {}, {}}}, {std::move(outcome)}, clock.now()};
    router.applyBatch(std::make_shared<storage::Batch>(batch));
}

void ChatScene::store(UserId sender, UserId receiver, qint64 seq, const QByteArray &body,
    const QByteArray &clientId, qint64 unread)
{
    commit(storage::StoreMessage{sender, receiver, clientId, body, false, std::nullopt},
        storage::Stored{Seq(seq), clock.now(), false, unread});
}

void ChatScene::confirm(UserId receiver, const std::vector<qint64> &seqs, UserId sender)
{
    storage::Confirmed confirmed;
    for (qint64 seq : seqs)
        confirmed.removed.push_back({receiver, Seq(seq), sender, {}, {}, clock.now(), false});
    commit(storage::Confirm{receiver, {}, Seq(seqs.back())}, std::move(confirmed));
}

ChatPeer::ChatPeer(
    ChatScene &scene, UserId user, const QByteArray &sessionHash, qint64 lastAccountChange)
    : ChatPeer(scene.router, user, sessionHash, lastAccountChange)
{
}

ChatPeer::ChatPeer(
    chat::Router &router, UserId user, const QByteArray &sessionHash, qint64 lastAccountChange)
{
    const ConnectionId id = router.newId();
    router.ask({storage::ReadMailbox{user}, id, {}});
    connection =
        std::make_unique<chat::Connection>(id, chat::Identity{user, sessionHash, lastAccountChange},
            static_cast<chat::Outlet &>(*this), router);
}

std::unique_ptr<ChatPeer> ChatPeer::greeted(ChatScene &scene, UserId user, qint64 lastSeq)
{
    auto peer = std::make_unique<ChatPeer>(scene, user);
    scene.answer({storage::Mailbox{0, Seq(), Seq(lastSeq)}}, peer->connection->id());
    if (peer->hearsInShort() != "HELLO")
        qFatal("no HELLO");
    return peer;
}

QByteArray ChatPeer::hears()
{
    return std::exchange(m_frames, {}).join('|');
}

QByteArray ChatPeer::hearsInShort()
{
    QByteArrayList texts;
    for (const QByteArray &frame : std::exchange(m_frames, {})) {
        const QJsonObject object = QJsonDocument::fromJson(frame).object();
        QByteArray text = object[QLatin1String("cmd")].toString().toUtf8();
        for (const char *key : {"code", "ref"}) {
            const QJsonValue value = object[QLatin1String(key)];
            if (!value.isUndefined())
                text += ':' + value.toVariant().toByteArray();
        }
        texts.append(text);
    }
    return texts.join(' ');
}

} // namespace parley::test
