// SPDX-License-Identifier: MIT
// Looks at a store's place before it is opened: SQLite creates what is not there, and does not say
// why it may not open a file.
#pragma once

#include "app/settings/settings.h"
#include "core/result.h"
#include "storage/sql/open.h"

namespace parley::app {

// Whether opening the store will make a new one. A Failure says that there is none, or whose it is
// and who this is. A database server says such things itself, and its stores are not looked at.
Result<bool> lookAtStore(const Settings &, storage::sql::Schema);

// Before root makes an SQLite store: it is to belong to the user to whom its folder belongs, such
// as that of a service, who could not open it otherwise. SQLite keeps that for the files beside it.
Done giveToFolderOwner(const Settings &);

} // namespace parley::app
