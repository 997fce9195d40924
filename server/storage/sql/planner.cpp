// SPDX-License-Identifier: MIT
#include "storage/sql/planner.h"

#include <QHash>

#include <unordered_map>

namespace parley::storage::sql {

namespace {

// Puts each operation into the earliest group in which it still comes after all those before it in
// the batch that touch the same data. Within a group writes come before reads, therefore:
// - a read may share the group of an earlier write, but not precede it;
// - a write must come in a later group than an earlier read;
// - a write may share the group of an earlier write, because those take effect in their order.
// Groups are few: a busy mailbox needs a new one only when it is read and then written again.
class Planner {
public:
    std::vector<Group> groups;

    void add(size_t index, const Action &action)
    {
        std::visit([&](const auto &typed) { place(index, typed); }, action);
    }

private:
    // The last groups in which something is written and read; -1: not yet.
    struct Use {
        int written = -1;
        int read = -1;
    };

    int toWrite(const Use &use) const { return std::max({m_floor, use.written, use.read + 1}); }
    int toRead(const Use &use) const { return std::max(m_floor, use.written); }
    Group &group(int number)
    {
        if (groups.size() <= size_t(number))
            groups.resize(size_t(number) + 1);
        return groups[size_t(number)];
    }

    // One sender's use of one clientId. Two that share a hash are only kept apart needlessly.
    Use &key(UserId sender, const QByteArray &clientId)
    {
        return m_keys[qHashMulti(0, sender, clientId)];
    }

    void place(size_t index, const StoreMessage &action)
    {
        Use &box = m_boxes[action.receiver];
        int number = toWrite(box);
        if (!action.clientId.isNull()) {
            Use &use = key(action.sender, action.clientId);
            number = std::max(number, toWrite(use));
            use.written = number;
        }
        box.written = number;
        group(number).messages.push_back(index);
    }
    void place(size_t index, const Confirm &action)
    {
        Use &box = m_boxes[action.user];
        // It may concern any key that was asked for. Those of other confirmations it does not.
        const int number = std::max(toWrite(box), m_confirmations.read + 1);
        box.written = number;
        m_confirmations.written = std::max(m_confirmations.written, number);
        group(number).messages.push_back(index);
    }
    void place(size_t index, const Track &action)
    {
        Use &use = key(action.sender, action.clientId);
        const int number = std::max(toRead(use), toRead(m_confirmations));
        use.read = std::max(use.read, number);
        m_confirmations.read = std::max(m_confirmations.read, number);
        group(number).reads.push_back(index);
    }
    void place(size_t index, const Fetch &action) { placeRead(index, m_boxes[action.user]); }
    void place(size_t index, const ReadMailbox &action) { placeRead(index, m_boxes[action.user]); }
    void place(size_t index, const WritePresence &)
    {
        m_presence.written = toWrite(m_presence);
        group(m_presence.written).presence.push_back(index);
    }
    void place(size_t index, const ReadPresence &) { placeRead(index, m_presence); }
    // Accounts are written only by operations that have a group of their own.
    void place(size_t index, const FindUsers &) { group(m_floor).reads.push_back(index); }
    void place(size_t index, const CheckSession &) { group(m_floor).reads.push_back(index); }
    void place(size_t index, const ReadAccountChanges &) { group(m_floor).reads.push_back(index); }
    template <class Rare> void place(size_t index, const Rare &)
    {
        groups.emplace_back().single.push_back(index);
        m_floor = int(groups.size());
    }

    void placeRead(size_t index, Use &use)
    {
        const int number = toRead(use);
        use.read = std::max(use.read, number);
        group(number).reads.push_back(index);
    }

    int m_floor = 0; // the first group behind the last single one
    std::unordered_map<UserId, Use> m_boxes; // by owner
    std::unordered_map<size_t, Use> m_keys; // by hash
    Use m_confirmations; // of any key
    Use m_presence; // of any user
};

} // namespace

std::vector<Group> plan(std::span<const Operation> operations)
{
    Planner planner;
    for (size_t i = 0; i < operations.size(); ++i)
        planner.add(i, operations[i].action);
    return std::move(planner.groups);
}

} // namespace parley::storage::sql
