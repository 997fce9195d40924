// SPDX-License-Identifier: MIT
#pragma once

#include "play/players.h"

namespace parley::ui {

// Who is known by name: the users of all panes.
class People : public QObject {
    Q_OBJECT

public:
    struct Person {
        UserId userId;
        QString name; // empty: only the id is known
    };

    explicit People(play::Players &, QObject *parent = nullptr);

    // Each once, in the order of their panes.
    std::vector<Person> all() const;
    // "alice", or "user 7".
    QString nameOf(UserId) const;
    // "alice (1)", or "user 7".
    static QString labelOf(const Person &);
    QString labelOf(UserId) const;
    // Somebody of whom a name is known beforehand.
    void introduce(UserId, const QString &name);

Q_SIGNALS:
    void changed();

private:
    void follow(play::Player *);

    play::Players &m_players;
    QHash<UserId, QString> m_names;
};

} // namespace parley::ui
