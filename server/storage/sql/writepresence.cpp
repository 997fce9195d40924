// SPDX-License-Identifier: MIT
#include "storage/sql/work.h"

#include <map>

namespace parley::storage::sql {

namespace {

// What all changes of one user come to.
struct Sum {
    std::optional<qint64> online;
    std::optional<qint64> lastSeen; // the latest
    std::optional<qint64> firstSeen; // what lastSeen is, if it was never set before
    const PresenceChange *last = nullptr; // of those that set online

    void add(const PresenceChange &change, Time now)
    {
        if (change.lastSeen)
            lastSeen = std::max(lastSeen.value_or(toMs(*change.lastSeen)), toMs(*change.lastSeen));
        if (change.online) {
            last = &change;
            online = *change.online;
            if (*change.online && !lastSeen && !firstSeen)
                firstSeen = toMs(now);
        }
    }
};
using Sums = std::map<UserId, Sum>; // sorted, as the rows shall be locked

// Of a store that several nodes share: makes the connections that the user has at this node those
// of the last change. Their rows are locked (lockAll).
Done writeLinks(Work &work, const Sums &sums, WrittenPresence &written)
{
    Parameters links(3, sums.size());
    Parameters most(2, sums.size());
    for (const auto &[user, sum] : sums) {
        if (!sum.online)
            continue;
        if (!*sum.online)
            links.add(user.value(), work.node, ValueView());
        else if (sum.last->connections.empty())
            links.add(user.value(), work.node, qint64(0));
        for (const ConnectionId connection : sum.last->connections)
            links.add(user.value(), work.node, connection.value());
        if (*sum.online)
            most.add(user.value(), qint64(work.limits.connectionsPerUser));
    }
    for (const Statement statement : {Statement::RemoveLinks, Statement::InsertLinks}) {
        if (const Done did = work.run(statement, links); !did)
            return did;
    }
    return work.database.exec(Statement::EndExcessLinks, most, [&written](const Row &row) {
        written.replaced.push_back(
            {UserId(row.integer(0)), row.text(1).toByteArray(), ConnectionId(row.integer(2))});
        return true;
    });
}

} // namespace

Done writePresence(Work &work, const std::vector<size_t> &indexes)
{
    if (indexes.empty())
        return done();
    Sums sums;
    for (const size_t index : indexes) {
        for (const PresenceChange &change : work.action<WritePresence>(qint64(index))->changes)
            sums[change.user].add(change, work.now);
        work.outcomes[index] = WrittenPresence();
    }
    Parameters users(1, sums.size());
    Parameters rows(4, sums.size());
    for (const auto &[user, sum] : sums) {
        users.add(user.value());
        rows.add(user.value(), sum.online, sum.lastSeen, sum.firstSeen);
    }
    WrittenPresence written;
    const Done prepared = work.node.isNull() ? work.run(Statement::InsertPresence, users)
                                             : writeLinks(work, sums, written);
    if (!prepared)
        return prepared;
    auto changed = updatePresence(work, rows);
    if (!changed)
        return changed.failure();
    if (work.node.isNull())
        return done();
    // It is told with the first of them, what all of them came to.
    written.changed = std::move(*changed);
    for (const size_t index : indexes)
        work.outcomes[index] = WrittenPresence{std::vector<UserId>(), {}};
    work.outcomes[indexes.front()] = std::move(written);
    return done();
}

} // namespace parley::storage::sql
