// SPDX-License-Identifier: MIT
#include "storage/sql/sqliteinput.h"

#include "storage/sql/table.h"

#include <sqlite3.h>

namespace parley::storage::sql {

namespace {

constexpr auto Columns = "CREATE TABLE input (p1, p2, p3, p4, p5, p6, p7, p8)";

struct InputTable : sqlite3_vtab {
    const Input *input;
};

struct Cursor : sqlite3_vtab_cursor {
    size_t row;
};

const Parameters *rowsOf(sqlite3_vtab_cursor *cursor)
{
    return static_cast<InputTable *>(cursor->pVtab)->input->rows;
}

int connect(
    sqlite3 *connection, void *input, int, const char *const *, sqlite3_vtab **table, char **)
{
    const int declared = sqlite3_declare_vtab(connection, Columns);
    if (declared == SQLITE_OK)
        *table = new InputTable{{}, static_cast<Input *>(input)};
    return declared;
}

int disconnect(sqlite3_vtab *table)
{
    delete static_cast<InputTable *>(table);
    return SQLITE_OK;
}

// There is but one way to read it. Few rows: it shall be the outer loop of every join.
int plan(sqlite3_vtab *, sqlite3_index_info *info)
{
    info->estimatedCost = 1;
    info->estimatedRows = 1;
    return SQLITE_OK;
}

int open(sqlite3_vtab *, sqlite3_vtab_cursor **cursor)
{
    *cursor = new Cursor{};
    return SQLITE_OK;
}

int close(sqlite3_vtab_cursor *cursor)
{
    delete static_cast<Cursor *>(cursor);
    return SQLITE_OK;
}

int rewind(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **)
{
    static_cast<Cursor *>(cursor)->row = 0;
    return SQLITE_OK;
}

int next(sqlite3_vtab_cursor *cursor)
{
    ++static_cast<Cursor *>(cursor)->row;
    return SQLITE_OK;
}

int isAtEnd(sqlite3_vtab_cursor *cursor)
{
    const Parameters *const rows = rowsOf(cursor);
    return !rows || static_cast<Cursor *>(cursor)->row >= rows->rows();
}

int column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column)
{
    const Parameters *const rows = rowsOf(cursor);
    if (size_t(column) >= rows->columns())
        return SQLITE_OK; // NULL
    const ValueView &value = rows->at(static_cast<Cursor *>(cursor)->row, size_t(column));
    if (const auto *number = std::get_if<qint64>(&value))
        sqlite3_result_int64(result, *number);
    else if (const auto *text = std::get_if<QByteArrayView>(&value))
        sqlite3_result_text64(result, text->isNull() ? "" : text->data(),
            sqlite3_uint64(text->size()), SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK;
}

int number(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row)
{
    *row = sqlite3_int64(static_cast<Cursor *>(cursor)->row);
    return SQLITE_OK;
}

// Without xCreate it is there by its name alone, in no schema.
const sqlite3_module Module = [] {
    sqlite3_module module{};
    module.xConnect = connect;
    module.xBestIndex = plan;
    module.xDisconnect = disconnect;
    module.xOpen = open;
    module.xClose = close;
    module.xFilter = rewind;
    module.xNext = next;
    module.xEof = isAtEnd;
    module.xColumn = column;
    module.xRowid = number;
    return module;
}();

} // namespace

int addInputTable(sqlite3 *connection, Input &input)
{
    return sqlite3_create_module(connection, "input", &Module, &input);
}

} // namespace parley::storage::sql
