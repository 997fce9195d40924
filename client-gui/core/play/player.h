// SPDX-License-Identifier: MIT
#pragma once

#include "frames/framelog.h"
#include "play/account.h"
#include "play/action.h"
#include "play/confirmer.h"
#include "play/conversation.h"
#include "play/mailbox.h"

namespace parley::play {

// One pane's client: a user who can be made to misbehave. All that goes over its wire goes into the
// log. Fetches and, with autoConfirm off, confirms only when told to. UI thread.
class Player : public QObject {
    Q_OBJECT

public:
    // `pane` is its number in the log, which must outlive it.
    Player(int pane, const QString &name, frames::FrameLog &, QObject *parent = nullptr);
    ~Player() override;

    int pane() const { return m_pane; }
    const QString &name() const { return m_name; }
    const Account &account() const { return m_account; }
    // In force at the next connectToServer().
    void setAccount(const Account &);

    client::State state() const;
    bool isOnline() const { return state() == client::State::Online; }
    // Of the state, in words; empty when there is nothing to say.
    const QString &reason() const { return m_reason; }
    // How the last connection, or attempt at one, ended.
    const client::End &lastEnd() const { return m_lastEnd; }
    // It was told to connect once: what is sent is kept until it can go out.
    bool takesMessages() const { return m_client != nullptr; }
    // Since the first HELLO, or as the account says; 0: not known yet.
    UserId userId() const { return m_userId; }
    const Limits &serverLimits() const;
    qint64 unread() const { return m_mailbox.unread(); }
    Conversation &conversation() { return m_conversation; }
    // 0 when none is due.
    milliseconds untilHeartbeat() const;

    // False, with the reason() said, when something is missing in the account.
    bool connectToServer();
    void disconnectFromServer();
    // The message's clientId; null: refused at once (the outbox is full, or there is no account).
    QByteArray send(UserId receiver, const QString &body, const QByteArray &clientId = {});
    // All pages of what was not received yet.
    void fetch();
    void confirm(const std::vector<Seq> &);
    void confirmAll();
    // Whose presence is watched; 0: nobody's.
    void watch(UserId peer);
    UserId watched() const { return m_watched; }

    bool autoConfirm() const { return m_autoConfirm; }
    void setAutoConfirm(bool);
    bool heartbeat() const { return m_heartbeat; }
    void setHeartbeat(bool);

    ConfirmHabit confirmHabit() const { return m_confirmer.habit(); }
    void setConfirmHabit(ConfirmHabit, milliseconds delay = {});
    bool isReading() const { return m_isReading; }
    void setReading(bool);
    // Any text or bytes, as they are; false: not connected.
    bool sendRaw(const QByteArray &frame);
    bool sendBinary(const QByteArray &bytes);
    // The newest SEND once more, with the clientId that it had; false: there is none.
    bool sendAgain();
    void abortConnection();

    // From other players and the trace: this player's mailbox got a message; was given one of its
    // own.
    void noteMailboxGrew(Seq);
    void noteDelivered(const QByteArray &clientId) { m_conversation.noteDelivered(clientId); }

Q_SIGNALS:
    void acted(const parley::play::Action &);
    void accountChanged();
    void stateChanged(parley::client::State);
    // Before stateChanged() when an attempt failed, after it when a connection was lost.
    void ended(const parley::client::End &);
    void unreadChanged(qint64 unread);
    void habitsChanged(); // autoConfirm, heartbeat, confirmHabit, reading
    void heartbeatAnswered(parley::milliseconds roundTrip);
    void presenceChanged(const parley::protocol::Presence &);
    void stored(const parley::protocol::Sent &);
    void messageReceived(const parley::protocol::Message &);
    void fellBehind(qint64 unread);
    void cameBehind(qint64 unread); // HELLO told of them; nothing is pushed until all were fetched
    void caughtUp(); // they were
    void errorReceived(const parley::protocol::Error &);

private:
    void makeClient();
    void connectClient();
    void forget(client::ChatClient *);
    void takeFrame(const QByteArray &);
    void takeState(client::State, const QString &reason);
    void takeHello(const protocol::Hello &);
    void takeMessage(const protocol::Message &);
    void takePage(bool more);
    void noteSent(const frames::Frame &);
    void noteConfirmed(const frames::Frame &);
    void takeEnd(const client::End &);
    void log(frames::Frame);
    void doConfirm(const std::vector<Seq> &);
    void tellUnread();
    void say(const Action &action) { Q_EMIT acted(action); }

    const int m_pane;
    const QString m_name;
    frames::FrameLog &m_log;
    Account m_account;
    client::ChatClient *m_client = nullptr;
    Account m_clientsAccount; // with which m_client was made
    QString m_reason;
    client::End m_lastEnd;
    UserId m_userId;
    UserId m_mailboxOwner; // of whom the conversation's seqs are
    UserId m_watched;
    Conversation m_conversation;
    Mailbox m_mailbox;
    qint64 m_toldUnread = 0;
    Confirmer m_confirmer;
    QByteArray m_lastSend; // the frame
    Instant m_lastBeat{};
    bool m_wasOpened = false;
    bool m_autoConfirm = true;
    bool m_heartbeat = true;
    bool m_isReading = true;
};

} // namespace parley::play
