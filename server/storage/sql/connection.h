// SPDX-License-Identifier: MIT
// What both databases do with QtSql's register of connections.
#pragma once

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QUuid>

namespace parley::storage::sql {

inline QString uniqueConnectionName()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

// Closes it, if there is one. No QSqlDatabase of that name may be left.
inline void removeConnection(const QString &name)
{
    if (QSqlDatabase::contains(name))
        QSqlDatabase::removeDatabase(name);
}

} // namespace parley::storage::sql
