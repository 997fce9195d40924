// SPDX-License-Identifier: MIT
// backup.h for SQLite's files.
#pragma once

#include "core/result.h"

#include <functional>

namespace parley::storage::sql {

// `between` is called now and then while pages are copied: for tests.
Done backUpSqlite(
    const QString &path, const QString &file, const std::function<void()> &between = {});
Result<QString> restoreSqlite(const QString &path, const QString &file, bool replaces);

} // namespace parley::storage::sql
