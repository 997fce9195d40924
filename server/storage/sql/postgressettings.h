// SPDX-License-Identifier: MIT
// What a session with PostgreSQL must be like, whatever the server, the database, its user or a
// pooler between would have it.
#pragma once

#include "core/result.h"

#include <QStringList>

namespace parley::storage::sql {

class PostgresLink;

// Said with every transaction that writes: between two of them a pooler may give us another
// session.
inline constexpr auto CommitOnDisk = "SET LOCAL synchronous_commit = on";

// Sets them, and reads them back: a Failure when one does not hold. Returns what the server itself
// does not keep safe, in words.
Result<QStringList> setUpSession(PostgresLink &);

} // namespace parley::storage::sql
