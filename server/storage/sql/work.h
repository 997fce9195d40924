// SPDX-License-Identifier: MIT
// How the parts of a step are done, each in its own file, within a transaction that is begun
// already.
#pragma once

#include "storage/sql/database.h"
#include "storage/sql/mailboxes.h"
#include "storage/sql/recentkeys.h"
#include "storage/store.h"

namespace parley::storage::sql {

// What a transaction knows without looking. The next one may use it when nobody else wrote.
struct Known {
    Mailboxes mailboxes;
    RecentKeys keys;
    std::optional<qint64> newestAccountChange;
};

struct Work {
    Database &database;
    Known &known;
    const Limits &limits;
    std::span<const Operation> operations;
    const Time now;
    const QByteArray node; // this one's id; null: the store has only one
    std::vector<Outcome> outcomes; // one for each operation, filled in bit by bit

    // Null: there is none of that type. (The index may come from the database.)
    template <class Type> const Type *action(qint64 index) const
    {
        return size_t(index) < operations.size()
            ? std::get_if<Type>(&operations[size_t(index)].action)
            : nullptr;
    }
    template <class Type> Type *outcome(qint64 index)
    {
        return size_t(index) < outcomes.size() ? std::get_if<Type>(&outcomes[size_t(index)])
                                               : nullptr;
    }
    // For a statement that returns nothing.
    Done run(Statement statement, const Parameters &in) { return database.exec(statement, in); }
};

// Each does the operations with these indexes.
Done writeMessages(Work &, const std::vector<size_t> &indexes);
Done writePresence(Work &, const std::vector<size_t> &indexes);
Done readAll(Work &, const std::vector<size_t> &indexes);
// Rows of Statement::UpdatePresence; who came or went by it, where several nodes share the store.
Result<std::vector<UserId>> updatePresence(Work &, const Parameters &);
Result<WrittenPresence> perform(Work &, const ResetPresence &);
Result<Beaten> perform(Work &, const Beat &);
Result<WrittenPresence> perform(Work &, const LeaveNode &);
// Before all groups, where several nodes share the store: locks all that they will write of, in one
// order, so that no two nodes wait for each other.
Done lockAll(Work &);
// Whatever has a step of its own.
Done doSingle(Work &, size_t index);

} // namespace parley::storage::sql
