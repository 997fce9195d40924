// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/database.h"
#include "storage/sql/open.h"

namespace parley::storage::sql {

// The newest schema that this program knows: its migrations are numbered from 1 to this.
int newestSchema(const Database &);

// Brings the schema of an open database up to date, all of it or nothing; when two processes start
// at once, one waits for the other. Refuses what it may not do, and a schema that is newer than
// this program.
Done migrate(Database &, Schema = Schema::BringUp);

} // namespace parley::storage::sql
