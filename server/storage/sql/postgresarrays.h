// SPDX-License-Identifier: MIT
// Columns of parameters as PostgreSQL's binary arrays, and binary results back.
#pragma once

#include "storage/sql/table.h"

namespace parley::storage::sql {

// One column as bigint[] or text[].
QByteArray toArray(const Parameters &, size_t column, bool ofTexts);

// A result's value that is an integer of 1 (a boolean) to 8 bytes.
qint64 toInteger(const char *bytes, int size);

} // namespace parley::storage::sql
