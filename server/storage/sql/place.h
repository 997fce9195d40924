// SPDX-License-Identifier: MIT
// What a store's URL names.
#pragma once

#include <QString>

#include <optional>
#include <variant>

namespace parley::storage::sql {

struct SqlitePlace {
    QString path; // absolute, so that no name is one that SQLite gives a meaning to
};
struct PostgresAddress {
    QString user;
    QString hosts; // names, addresses, or folders of sockets: one, or several, joined by commas
    QString ports; // likewise, one for each
    QString name;
};
using Place = std::variant<SqlitePlace, PostgresAddress>;

// None when it is no URL of a store (open.h).
std::optional<Place> placeOf(const QString &url);

} // namespace parley::storage::sql
