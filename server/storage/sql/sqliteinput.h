// SPDX-License-Identifier: MIT
// The rows of parameters as a table, so that SQLite does a statement once for all of them: to
// begin, bind and end it for each row costs about as much as what it does.
#pragma once

struct sqlite3;

namespace parley::storage::sql {

class Parameters;

// What the table `input` holds on a connection: columns p1, p2, … with the rows' values.
struct Input {
    const Parameters *rows = nullptr; // no rows: null
};

// Adds the table to a connection, before which the Input must not go. Its rows may change between
// two statements. Returns SQLite's result code.
int addInputTable(sqlite3 *, Input &);

} // namespace parley::storage::sql
