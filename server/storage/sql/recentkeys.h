// SPDX-License-Identifier: MIT
// The clientIds that are not yet in the database's index.
#pragma once

#include "core/ids.h"
#include "storage/sql/database.h"

#include <QHash>

namespace parley::storage::sql {

// Each sender's keys have their own place in an index, so that keeping it up to date would cost
// about one page for each message. Where Database::indexesKeysLate, the row in `sent` is durable at
// once, but its key comes into the index `sent_key` later, sorted together with thousands of
// others. Until then it is known only here; when this is lost, it is read again from the end of
// `sent`. Elsewhere this is empty, and the database looks up keys by itself.
class RecentKeys {
public:
    // Reads them, unless they are known. Comes before all else in a transaction.
    Done load(Database &);
    // The number of the row in `sent`, if the key is one of these.
    std::optional<qint64> find(UserId sender, const QByteArray &clientId) const;
    // Takes in a key that is nowhere yet; returns the number for its row, unless the database
    // numbers by itself.
    std::optional<qint64> add(UserId sender, const QByteArray &clientId);
    bool isFull() const;
    // Puts all of them into the index.
    Done moveToIndex(Database &);

private:
    QHash<std::pair<UserId, QByteArray>, qint64> m_rows;
    std::optional<qint64> m_last; // the number that was given out last; unset: nothing is known
};

} // namespace parley::storage::sql
