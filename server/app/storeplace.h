// SPDX-License-Identifier: MIT
// Where a store is, looked at before it is opened: SQLite makes what is not there, and has no words
// for what it may not open.
#pragma once

#include "app/settings/settings.h"
#include "core/result.h"
#include "storage/sql/open.h"

namespace parley::app {

// Whether opening the store will make a new one. A Failure says that there is none, or whose it is
// and who this is. A database server says such things itself, and its stores are not looked at.
Result<bool> lookAtStore(const Settings &, storage::sql::Schema);

} // namespace parley::app
