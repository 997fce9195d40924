// SPDX-License-Identifier: MIT
// The store of the settings, and how one thread that can wait uses it: the administration, and what
// comes before serving.
#pragma once

#include "app/settings/settings.h"
#include "core/result.h"
#include "storage/sql/open.h"
#include "storage/store.h"

namespace parley::app {

// The store that the settings name, not open. Makes the data directory when it is to be in there.
Result<std::unique_ptr<storage::Store>> makeStore(
    const Settings &, storage::sql::Use, storage::sql::Schema);
// The same, open, for the administration.
Result<std::unique_ptr<storage::Store>> openStore(const Settings &, storage::sql::Schema);

// Makes a directory, for this user alone, where there is none.
Done makeDirectory(const QString &);

// What was refused, in words.
Failure failureOf(const storage::Outcome &);

// One action's outcome. `Outcome` is the one that belongs to the action.
template <class Outcome> Result<Outcome> ask(storage::Store &store, storage::Action action)
{
    const storage::Operation operation{std::move(action), {}, {}};
    auto outcomes = store.apply({&operation, 1}, SystemClock().now());
    if (!outcomes)
        return outcomes.failure();
    if (auto outcome = std::get_if<Outcome>(&outcomes->front()))
        return std::move(*outcome);
    return failureOf(outcomes->front());
}

} // namespace parley::app
