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

    void add(const PresenceChange &change, Time now)
    {
        if (change.lastSeen)
            lastSeen = std::max(lastSeen.value_or(toMs(*change.lastSeen)), toMs(*change.lastSeen));
        if (change.online) {
            online = *change.online;
            if (*change.online && !lastSeen && !firstSeen)
                firstSeen = toMs(now);
        }
    }
};

} // namespace

Done writePresence(Work &work, const std::vector<size_t> &indexes)
{
    std::map<UserId, Sum> sums; // sorted, as the rows shall be locked
    for (const size_t index : indexes) {
        for (const PresenceChange &change : work.action<WritePresence>(qint64(index))->changes)
            sums[change.user].add(change, work.now);
        work.outcomes[index] = WrittenPresence();
    }
    Parameters users(1);
    Parameters rows(4);
    for (const auto &[user, sum] : sums) {
        users.add(user.value());
        rows.add(user.value(), sum.online, sum.lastSeen, sum.firstSeen);
    }
    if (const Done inserted = work.run(Statement::InsertPresence, users); !inserted)
        return inserted;
    return work.run(Statement::UpdatePresence, rows);
}

} // namespace parley::storage::sql
