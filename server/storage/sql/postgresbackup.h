// SPDX-License-Identifier: MIT
// backup.h for PostgreSQL's databases, with the programs of its clients' package.
#pragma once

#include "core/result.h"
#include "storage/sql/place.h"

namespace parley::storage::sql {

Done backUpPostgres(const PostgresAddress &, const QString &file);
Result<QString> restorePostgres(const PostgresAddress &, const QString &file, bool replaces);

} // namespace parley::storage::sql
