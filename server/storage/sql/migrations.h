// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/database.h"

namespace parley::storage::sql {

// The newest schema that this program knows: its migrations are numbered from 1 to this.
int newestSchema(const Database &);

enum class Schema { MayBeMissing, MustBeThere };

// Brings the schema of an open database up to date, all of it or nothing; when two processes start
// at once, one waits for the other. Refuses a schema that is newer than this program, and a
// database that is empty where it must not be.
Done migrate(Database &, Schema = Schema::MayBeMissing);

} // namespace parley::storage::sql
