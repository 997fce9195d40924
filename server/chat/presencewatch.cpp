// SPDX-License-Identifier: MIT
#include "chat/presencewatch.h"

#include "chat/connection.h"
#include "chat/directory.h"

namespace parley::chat {

PresenceWatch::PresenceWatch(Directory &directory, const Clock &clock)
    : m_directory(directory)
    , m_clock(clock)
{
}

void PresenceWatch::watch(Connection &connection, const std::vector<UserId> &users)
{
    for (const UserId user : connection.watched())
        m_watchers.erase({user, &connection});
    for (const UserId user : users)
        m_watchers.emplace(user, &connection);
    connection.setWatched(users);
}

bool PresenceWatch::isWatched(UserId user) const
{
    const auto first = m_watchers.lower_bound({user, nullptr});
    return first != m_watchers.end() && first->first == user;
}

void PresenceWatch::noteWritten(
    const storage::WritePresence &presence, const storage::WrittenPresence &written)
{
    if (written.changed)
        return noteChanged(*written.changed);
    for (const storage::PresenceChange &change : presence.changes) {
        if (change.online && isWatched(change.user))
            m_changed.insert(change.user);
    }
}

void PresenceWatch::noteChanged(const std::vector<UserId> &users)
{
    for (const UserId user : users) {
        if (isWatched(user))
            m_changed.insert(user);
    }
}

std::vector<UserId> PresenceWatch::takeChanged()
{
    const std::vector<UserId> users(m_changed.begin(), m_changed.end());
    m_changed.clear();
    return users;
}

void PresenceWatch::tell(const storage::FoundPresence &found) const
{
    std::unordered_map<Connection *, protocol::StatusReply> notices;
    for (const storage::PresenceRow &row : found.rows) {
        for (auto watcher = m_watchers.lower_bound({row.user, nullptr});
             watcher != m_watchers.end() && watcher->first == row.user; ++watcher)
            notices[watcher->second].users.push_back({row.user, row.online, row.lastSeen});
    }
    for (const auto &[connection, notice] : notices)
        connection->send(notice);
}

void PresenceWatch::noteRefused(const storage::WritePresence &presence, ConnectionId asker)
{
    if (m_refused.empty())
        m_writeAgainAt = m_clock.instant() + limits::RetryAfter;
    for (const storage::PresenceChange &change : presence.changes) {
        Refused &refused = m_refused[change.user];
        refused = {asker, std::max(refused.lastSeen, change.lastSeen)};
    }
}

void PresenceWatch::sweep()
{
    if (m_clock.instant() < m_writeAgainAt)
        return;
    for (const auto &[user, refused] : std::exchange(m_refused, {}))
        m_directory.reassert(user, refused.asker, refused.lastSeen);
}

} // namespace parley::chat
