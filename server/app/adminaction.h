// SPDX-License-Identifier: MIT
// What the commands of the administration have in common.
#pragma once

#include "app/settings/settings.h"
#include "app/storeaccess.h"
#include "app/storeplace.h"
#include "app/terminal.h"

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

// Likewise of what is done with the user of this name, or that there is none.
template <class Do> int withUser(const Settings &settings, const QByteArray &name, Do what)
{
    return withStore(settings, [&](storage::Store &store) {
        const auto found = ask<storage::FoundUsers>(store, storage::FindUsers{name});
        if (!found)
            return failed(found.failure());
        return found->users.empty() ? noSuchUser(name) : what(store, found->users.front());
    });
}

} // namespace parley::app
