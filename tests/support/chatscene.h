// SPDX-License-Identifier: MIT
// A gateway's chat without threads and sockets: a test says what clients send and what the store
// answers, in which batches, and looks at what the other side is told.
#pragma once

#include "chat/connection.h"
#include "chat/router.h"
#include "support/fakeclock.h"

#include <deque>

namespace parley::test {

// Keeps what it is asked, until the test has it answered.
class ScriptedAsyncStore final : public storage::AsyncStore {
public:
    void submit(std::vector<storage::Operation>) override;
    void noteHeartbeats(std::span<const storage::PresenceChange> changes) override
    {
        heartbeats.insert(heartbeats.end(), changes.begin(), changes.end());
    }

    // Not answered yet, oldest first. Changes of presence stand apart: nobody waits for them.
    std::deque<storage::Operation> questions;
    std::deque<storage::Operation> presence;
    std::vector<storage::PresenceChange> heartbeats;
};

// What is asked, in a line: "send 1>2 hello id=a".
QByteArray text(const storage::Operation &);
// Of an ERROR or a refusal.
inline storage::Refused refused(ErrorCode code)
{
    return {code, {}};
}

class ChatScene {
public:
    explicit ChatScene(const Limits & = {}, qint64 workBytes = limits::WorkBytes);

    // What has been asked and is not answered, a line each, joined by '|'.
    QByteArray asked();
    QByteArray presenceWritten();
    // Answers the oldest questions, in one batch; of one asker, when it is named.
    void answer(std::vector<storage::Outcome>, ConnectionId asker = {});
    // The oldest change of presence.
    void answerPresence(storage::Outcome = storage::WrittenPresence());
    // Somebody asked for this by way of another gateway.
    void commit(storage::Action, storage::Outcome);
    // A new message in the mailbox, which has so many unread with it.
    void store(UserId sender, UserId receiver, qint64 seq, const QByteArray &body = "hello",
        const QByteArray &clientId = {}, qint64 unread = 1);
    void confirm(UserId receiver, const std::vector<qint64> &seqs, UserId sender);

    FakeClock clock;
    ScriptedAsyncStore backend;
    trace::Tracer tracer{"test"};
    chat::Directory directory;
    chat::Router router;
};

// One connection of a user's, and what it was sent. Its scene must outlive it.
class ChatPeer final : chat::Outlet {
public:
    // Connected; HELLO is still to come.
    ChatPeer(ChatScene &, UserId, const QByteArray &sessionHash = {}, qint64 lastAccountChange = 0);
    ChatPeer(
        chat::Router &, UserId, const QByteArray &sessionHash = {}, qint64 lastAccountChange = 0);
    // Greeted, with nothing unread in the mailbox after this seq; HELLO is taken.
    static std::unique_ptr<ChatPeer> greeted(ChatScene &, UserId, qint64 lastSeq = 0);

    void says(const QByteArray &frame) { connection->receive(frame); }
    // The frames since it was asked last, joined by '|'.
    QByteArray hears();
    // The same, of each its cmd, and its code and ref where it has them: "SENT:7 ERROR:too_large".
    QByteArray hearsInShort();

    std::optional<CloseCode> closedWith;
    int resumed = 0;
    qint64 kept = 0;
    qint64 waitingBytes = 0; // that it does not read
    std::unique_ptr<chat::Connection> connection; // its end is the connection's

private:
    void send(const QByteArray &payload) override { m_frames.append(payload); }
    void endWith(CloseCode code) override { closedWith = code; }
    void resume() override { ++resumed; }
    void keep(qint64 bytes) override { kept = bytes; }
    qint64 waiting() const override { return waitingBytes; }

    QByteArrayList m_frames;
};

} // namespace parley::test
