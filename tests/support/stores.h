// SPDX-License-Identifier: MIT
// What tests of stores do: Alice writes to Bob.
#pragma once

#include "storage/store.h"

#include <QLoggingCategory>

namespace parley::test {

inline constexpr UserId Alice{1};
inline constexpr UserId Bob{2};
inline constexpr Time Now = fromMs(1'700'000'000'000);

// What nobody waits for.
inline std::vector<storage::Operation> operations(const std::vector<storage::Action> &actions)
{
    std::vector<storage::Operation> operations;
    for (const storage::Action &action : actions)
        operations.push_back({action, {}, {}});
    return operations;
}

inline Result<std::vector<storage::Outcome>> perform(
    storage::Store &store, const std::vector<storage::Action> &actions, Time now = Now)
{
    return store.apply(operations(actions), now);
}

inline bool addAliceAndBob(storage::Store &store)
{
    using storage::AddUser;
    return bool(
        perform(store, {AddUser{{Alice, "alice", "", true}}, AddUser{{Bob, "bob", "", true}}}));
}

inline bool stores(storage::Store &store, const storage::StoreMessage &message)
{
    const auto outcomes = perform(store, {message});
    return outcomes && std::holds_alternative<storage::Stored>(outcomes->front());
}

// How many messages wait for this user; -1: it cannot be read.
inline int unread(storage::Store &store, UserId user)
{
    const auto outcomes = perform(store, {storage::ReadMailbox{user}});
    return outcomes ? int(std::get<storage::Mailbox>(outcomes->front()).count) : -1;
}

// The same as its open(), but for the warning that a test's PostgreSQL runs without fsync.
inline Done openQuietly(storage::Store &store)
{
    QLoggingCategory::setFilterRules(QStringLiteral("parley.storage.warning=false"));
    auto done = store.open();
    QLoggingCategory::setFilterRules({});
    return done;
}

} // namespace parley::test
