// SPDX-License-Identifier: MIT
#include "storage/sql/database.h"

namespace parley::storage::sql {

Result<qint64> Database::number(Statement statement, const Parameters &in)
{
    const auto rows = query(statement, in);
    if (!rows)
        return rows.failure();
    if (rows->rows() != 1)
        return Failure{QStringLiteral("%1 returned %2 numbers instead of one: another program"
                                      " changed the database")
                           .arg(QString::fromLatin1(name(statement)))
                           .arg(rows->rows())};
    return rows->integer(0, 0);
}

} // namespace parley::storage::sql
