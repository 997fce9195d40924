// SPDX-License-Identifier: MIT
#include "storage/sql/mailboxes.h"

#include <algorithm>

namespace parley::storage::sql {

namespace {

constexpr size_t Kept = 65'536; // about 5 MiB

} // namespace

Done Mailboxes::lock(Database &database, std::span<const UserId> ascending)
{
    if (m_boxes.size() + ascending.size() > Kept)
        m_boxes.clear();
    Parameters unknown(1, ascending.size());
    for (const UserId user : ascending) {
        if (!m_boxes.contains(user))
            unknown.add(user.value());
    }
    return database.exec(Statement::LockMailboxes, unknown, [this](const Row &row) {
        // Whatever somebody wrote there, it can be counted with.
        const auto number = [&row](int column) {
            return std::clamp<qint64>(row.integer(column), 0, MaxInteger);
        };
        m_boxes[UserId(row.integer(0))] = {number(1), number(2), number(3), row.integer(4) != 0};
        return true;
    });
}

} // namespace parley::storage::sql
