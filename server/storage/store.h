// SPDX-License-Identifier: MIT
// Keeps everything that is durable. One suite (tests/contract) tests every implementation.
#pragma once

#include "core/counters.h"
#include "core/limits.h"
#include "core/result.h"
#include "storage/accounts.h"
#include "storage/messages.h"
#include "storage/presence.h"
#include "storage/upkeep.h"

#include <memory>
#include <span>
#include <variant>

namespace parley::storage {

using Action = std::variant<StoreMessage, Confirm, Fetch, Track, ReadMailbox, FindUsers, AddUser,
    ChangeUser, AddSession, CheckSession, EndSession, ReadAccountChanges, WritePresence,
    ResetPresence, Beat, LeaveNode, ReadPresence, Prune, Survey>;

// What to do, and for which asker. The store looks only at the action.
struct Operation {
    Action action;
    ConnectionId asker; // gets the outcome; 0: nobody
    QByteArray ref; // handed back with the outcome; opaque here
    // What its asker has reserved for it: what it holds, and its worst answer.
    qint64 bytes = 0;
    // Somebody waits for the outcome. Else a commit of its own would only make the next one late,
    // and it may be kept a little for that.
    bool isAwaited = true;
    // When it was asked; unset: how long it waits is nobody's concern.
    Ticks askedAt{};
};

// Nothing was stored or changed. Of a StoreMessage: any of its codes; else StoreUnavailable or
// Internal (then `incident` is in the log, with what happened).
struct Refused {
    ErrorCode code = ErrorCode::Internal;
    QByteArray incident;
};

// The one that belongs to the action, or Refused.
using Outcome = std::variant<Refused, Stored, Confirmed, Fetched, Tracked, Mailbox, FoundUsers,
    AddedUser, ChangedUser, AddedSession, CheckedSession, EndedSession, AccountChanges,
    WrittenPresence, Beaten, FoundPresence, Pruned, Surveyed>;

// An action that writes nothing: it may still work when the disk is full.
bool isRead(const Action &);

// One of several servers that share a store.
struct NodeFacts {
    QByteArray id;
    QByteArray name;
    QByteArray version;
    Time since;
    Time lastBeat; // by the store's clock
    Time now; // likewise
    qint64 connections = 0;
};

// Every call is made on the thread that called open(), and blocks until it is done.
class Store {
public:
    virtual ~Store() = default;

    // Reaches the database and brings its schema up to date; refuses one that is newer than this
    // program, by its number. Called again after a failure, it starts from the beginning.
    virtual Done open() = 0;

    // Does the operations in one transaction, with the effect and the outcomes of doing them one
    // after another in this order, all at the moment `now`. When it returns outcomes (one for each
    // operation, in order), all of it is durable: no crash of this process, of the database or of
    // the machine loses any of it. When it returns a Failure, nothing was done at all,
    // unless isInDoubt(). transient: worth another try later (the store may need open() again, and
    // says so by isOpen()).
    virtual Result<std::vector<Outcome>> apply(std::span<const Operation> operations, Time now) = 0;

    // The last apply() failed, and its connection broke before it was known whether its commit came
    // through. Until that is known, nothing may be called but resolveDoubt() and close().
    virtual bool isInDoubt() const { return false; }
    // Tries once to find that out. When afterwards nothing is in doubt, this is what apply() should
    // have returned; else why it is still unknown.
    virtual Result<std::vector<Outcome>> resolveDoubt() { return std::vector<Outcome>(); }

    // The last commit of this object that is known to have been done.
    virtual CommitMark lastCommit() const { return {}; }

    // false: before open(), and after a failure that open() must mend.
    virtual bool isOpen() const = 0;

    // The servers that share the store; none, where there can be only one.
    virtual Result<std::vector<NodeFacts>> nodes() { return std::vector<NodeFacts>(); }

    // Looks for damage in what is stored.
    virtual Done check() = 0;

    virtual void close() = 0;
};

} // namespace parley::storage
