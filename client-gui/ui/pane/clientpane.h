// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pane/people.h"

#include <QFrame>

namespace parley::ui {

class ConnectionForm;
class ConversationView;
class MessageBar;
class MessageComposer;
class PaneHeader;
class PeerLine;

// One player on the screen: how it is connected, with whom it speaks, and what was said.
class ClientPane : public QFrame {
    Q_OBJECT

public:
    // Both must outlive it.
    ClientPane(play::Player &, const People &, QWidget *parent = nullptr);

    play::Player &player() { return m_player; }
    // What is told at the moment; empty: nothing.
    QString message() const;

    // Fills the form in; in force when it connects.
    void setAccount(const play::Account &);
    play::Account account() const;
    void setPeer(UserId);
    // With what the form says.
    void connectToServer();
    // Connects, or disconnects.
    void toggleConnection();
    void focusReceiver();
    void focusMessage();
    void focusConversation();
    void send();
    // Where one wants to be: in the form until it is connected, then where one writes.
    void takeFocus();
    void setCurrent(bool);
    void showForm(bool);
    bool isFormShown() const;
    void setRemovable(bool);

Q_SIGNALS:
    void framesWanted(parley::UserId sender, const QByteArray &clientId);
    // Somebody is busy in this pane.
    void becameCurrent();
    void removeWanted();

protected:
    bool event(QEvent *) override;

private:
    void connectPlayer();
    void takeForm();
    void takeState(client::State);
    void takeEnd(const client::End &);
    void tellWaiting(qint64 unread);
    void tellHint();

    play::Player &m_player;
    PaneHeader *m_header;
    ConnectionForm *m_form;
    MessageBar *m_bar;
    PeerLine *m_peer;
    ConversationView *m_conversation;
    MessageComposer *m_composer;
    bool m_tellsOfWaiting = false; // what the bar says, and is over once all is fetched
    bool m_tellsOfConnection = false; // what the bar says, and is over once it is online
};

} // namespace parley::ui
