// SPDX-License-Identifier: MIT
// What the commands of the administration have in common.
#pragma once

#include "app/settings/settings.h"
#include "app/storeaccess.h"
#include "app/storeplace.h"
#include "app/terminal.h"

#include <optional>

class QJsonObject;

namespace parley::app {

// Each tells why, and returns the status.
int failed(const Failure &);
int noSuchUser(const QByteArray &name);
// The status of having printed these lines.
int answered(const QByteArray &lines);
// Likewise of what a program reads.
int answered(const QJsonObject &);

// A moment in UTC, as ISO 8601 has it.
QByteArray timeText(Time);

// Either the status of what is done with an open store, or why there is none. Only what is for a
// new store, too, makes one: whoever mistyped its place is not to find an empty one there.
template <class Do>
int withStore(
    const Settings &settings, Do what, storage::sql::Schema schema = storage::sql::Schema::Keep)
{
    const auto isMade = lookAtStore(settings, schema);
    if (!isMade)
        return failed(isMade.failure());
    const auto store = openStore(settings, schema);
    if (!store)
        return failed(store.failure());
    if (*isMade)
        tell(QStringLiteral("created a new store: %1").arg(settings.store));
    return what(**store);
}

// The user of this name; unset: there is none.
Result<std::optional<storage::User>> findUser(storage::Store &, const QByteArray &name);

} // namespace parley::app
