// SPDX-License-Identifier: MIT
#include "storage/sql/mailboxes.h"

#include <algorithm>

namespace parley::storage::sql {

namespace {

constexpr size_t KeptBoxes = 65'536; // about 10 MiB, when they are empty
constexpr size_t KeptMessages = 16'384; // about 3 MiB
constexpr size_t KeptOfOne = 512; // the oldest are taken out first, and the others moved

} // namespace

Done Mailboxes::lock(Database &database, std::span<const UserId> ascending)
{
    if (m_boxes.size() + ascending.size() > KeptBoxes) {
        m_boxes.clear();
        m_kept = 0;
    }
    Parameters unknown(1, ascending.size());
    for (const UserId user : ascending) {
        if (!m_boxes.contains(user))
            unknown.add(user.value());
    }
    return database.exec(Statement::LockMailboxes, unknown, [this](const Row &row) {
        m_boxes[UserId(row.integer(0))] = {
            row.integer(1), row.integer(2), row.integer(3), row.integer(4) != 0};
        return true;
    });
}

void Mailboxes::forget(UserId user)
{
    if (Box *const box = find(user)) {
        empty(*box);
        m_boxes.erase(user);
    }
}

bool Mailboxes::keep(Box &box, Unread message)
{
    if (m_kept >= KeptMessages || box.unread.size() >= KeptOfOne) {
        empty(box);
        return false;
    }
    box.unread.push_back(std::move(message));
    ++m_kept;
    return true;
}

std::vector<Unread> Mailboxes::take(Box &box, Seq first, Seq last)
{
    const auto seqOf = [](const Unread &unread) { return unread.message.seq; };
    const auto begin = std::ranges::lower_bound(box.unread, first, {}, seqOf);
    const auto end = std::ranges::upper_bound(box.unread, last, {}, seqOf);
    if (begin >= end)
        return {};
    std::vector<Unread> taken(std::make_move_iterator(begin), std::make_move_iterator(end));
    box.unread.erase(begin, end);
    m_kept -= taken.size();
    return taken;
}

void Mailboxes::empty(Box &box)
{
    m_kept -= box.unread.size();
    box.unread.clear();
}

} // namespace parley::storage::sql
