// SPDX-License-Identifier: MIT
#include "storage/sql/recentkeys.h"

#include <algorithm>

namespace parley::storage::sql {

namespace {

// So many that each sender's new keys, side by side in the index, share a page; so few that moving
// them takes no more than some milliseconds.
constexpr qsizetype Full = 4096;

} // namespace

Done RecentKeys::load(Database &database)
{
    if (m_last || !database.indexesKeysLate)
        return done();
    const auto last = database.number(Statement::NewestSent);
    if (!last)
        return last.failure();
    m_rows.clear();
    m_rows.reserve(Full);
    const Done read = database.exec(Statement::ReadRecentKeys, Parameters(0), [&](const Row &row) {
        m_rows.insert({UserId(row.integer(1)), row.text(2).toByteArray()}, row.integer(0));
        return true;
    });
    if (read)
        m_last = *last;
    return read;
}

std::optional<qint64> RecentKeys::find(UserId sender, const QByteArray &clientId) const
{
    const auto row = m_rows.constFind({sender, clientId});
    return row == m_rows.constEnd() ? std::nullopt : std::optional(*row);
}

std::optional<qint64> RecentKeys::add(UserId sender, const QByteArray &clientId)
{
    if (!m_last)
        return {};
    m_rows.insert({sender, clientId}, ++*m_last);
    return m_last;
}

bool RecentKeys::isFull() const
{
    return m_rows.size() >= Full;
}

Done RecentKeys::moveToIndex(Database &database)
{
    if (!m_last || m_rows.isEmpty())
        return done();
    using Entry = std::pair<std::pair<UserId, QByteArray>, qint64>;
    std::vector<Entry> sorted(m_rows.constKeyValueBegin(), m_rows.constKeyValueEnd());
    std::ranges::sort(sorted, {}, &Entry::first);
    Parameters in(3, sorted.size());
    for (const auto &[key, row] : sorted)
        in.add(key.first.value(), key.second, row);
    m_rows.clear();
    m_rows.reserve(Full);
    return database.exec(Statement::IndexKeys, in);
}

} // namespace parley::storage::sql
