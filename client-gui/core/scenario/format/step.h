// SPDX-License-Identifier: MIT
// What a scenario can ask for: one struct per step of docs/scenarios.md.
#pragma once

#include "core/clock.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <variant>

namespace parley::scenario {

// A client is called by its letter: A plays in the pane ClientA. Values that are QJson may hold
// "$name" where something that was saved is meant.

struct Connect {
    QStringList clients;
};
// An attempt to connect that must be refused with this HTTP status.
struct Refused {
    QString client;
    int status = 401;
};
struct Disconnect {
    QStringList clients;
};
struct Send {
    QString from;
    QJsonValue to; // a user's name or a userId
    QString body;
    QString clientId; // empty: a new one
    int count = 1;
    int size = 0; // bytes of a body that is made up; 0: `body` is it
    QString as;
};
struct Raw {
    QString client;
    QJsonValue frame; // an object, or a text as it is
    int count = 1;
    int size = 0; // bytes: blanks are put behind it to make it so long
};
struct Binary {
    QString client;
    QByteArray bytes;
};
struct Expect {
    QString client;
    QJsonObject frame; // the fields that count
    int count = 1;
    bool none = false; // it must not come
    bool anyOrder = false;
    QString as;
};
struct Fetch {
    QString client;
    std::optional<int> after; // with one of these: one page
    std::optional<int> limit;
};
struct Confirm {
    QString client;
    bool all = true;
    QJsonValue seqs; // an array, or one
    QJsonValue upTo;
};
struct Watch {
    QString client;
    QString user; // empty: nobody
};
struct Presence {
    QString client;
    QString user;
    bool online = true;
};
struct Habit {
    enum class Confirms { Proper, Dropped, Delayed, Doubled };
    QString client;
    std::optional<bool> autoConfirm;
    std::optional<bool> heartbeat;
    std::optional<bool> reading;
    std::optional<Confirms> confirms;
    milliseconds delay{};
};
struct Fault {
    enum class What { Abort, Again, Flood };
    QString client;
    What what = What::Abort;
    int count = 1; // of a flood: frames
};
// With what session the client connects next.
struct Session {
    enum class What { Right, Wrong, Expired, OfUser, Given };
    QString client;
    What what = What::Right;
    QString user; // OfUser
    QJsonValue session; // Given
};
struct Closed {
    QString client;
    int code = 1000;
};
struct WaitUntil {
    enum class What { Online, Offline, Stored, Unread, Received };
    What what = What::Online;
    QString client;
    int count = 0; // Unread: exactly; Received: at least
};
struct Pause {
    milliseconds time{};
};
struct Server {
    enum class What { Kill, Stop, Start, Restart };
    What what = What::Kill;
};
// Accepted = delivered and unread, as far as the panes can tell.
struct Audit { };
struct Check {
    QString client;
    std::optional<int> received; // so many different messages
    bool order = false; // seqs without a gap, senders' messages as they were sent
    bool complete = false; // all that was SENT to this user by the scenario's clients
};
struct Http {
    QString method;
    QString path;
    QJsonValue json; // the body; undefined: none
    QString bearer;
    int status = 200;
    QString contains; // in the answer's body
    QString as; // the answer's JSON
};

using Action = std::variant<Connect, Refused, Disconnect, Send, Raw, Binary, Expect, Fetch, Confirm,
    Watch, Presence, Habit, Fault, Session, Closed, WaitUntil, Pause, Server, Audit, Check, Http>;

struct Step {
    Action action;
    int line = 0; // in its file
    int round = 0; // within a `repeat`: 1, 2 ...; $round
    std::optional<milliseconds> within = {}; // how long it may wait
};

// As one would say it: `A sends "hello" to bob`.
QString describe(const Step &);

} // namespace parley::scenario
