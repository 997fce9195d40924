// SPDX-License-Identifier: MIT
#include "storage/memorystore.h"

#include "storage/memorydata.h"

#include <set>

namespace parley::storage {

// --- messages

Outcome MemoryStore::Data::perform(const StoreMessage &action, Time now)
{
    const std::pair key(action.sender, action.clientId);
    if (!action.clientId.isNull()) {
        if (const auto known = keys.find(key); known != keys.end()) {
            const Key &first = known->second;
            if (first.receiver != action.receiver)
                return Refused{ErrorCode::IdReused, {}};
            return Stored{first.seq, first.sentAt, true, 0};
        }
    }
    if (action.refusal)
        return Refused{*action.refusal, {}};
    if (!isEnabled(action.receiver))
        return Refused{ErrorCode::UnknownUser, {}};
    Box &box = boxes[action.receiver];
    if (qint64(box.unread.size()) >= limits.mailboxMessages
        || box.bytes + action.body.size() > limits.mailboxBytes)
        return Refused{ErrorCode::MailboxFull, {}};

    box.lastSeq = box.lastSeq.next();
    box.unread[box.lastSeq] = {action.receiver, box.lastSeq, action.sender, action.clientId,
        action.body.isNull() ? QByteArray("") : action.body, now, action.receipt};
    box.bytes += action.body.size();
    if (!action.clientId.isNull())
        keys[key] = {action.receiver, box.lastSeq, now, std::nullopt, ++lastKey};
    return Stored{box.lastSeq, now, false, qint64(box.unread.size())};
}

Outcome MemoryStore::Data::perform(const Confirm &action, Time now)
{
    const std::set<Seq> seqs(action.seqs.begin(), action.seqs.end());
    Box &box = boxes[action.user];
    Confirmed confirmed;
    for (auto it = box.unread.begin(); it != box.unread.end();) {
        const auto &[seq, message] = *it;
        if (!seqs.contains(seq) && !(action.upTo && seq <= *action.upTo)) {
            ++it;
            continue;
        }
        // The key may have been forgotten meanwhile, and even used again.
        const auto key = keys.find({message.sender, message.clientId});
        if (key != keys.end() && key->second.receiver == action.user && key->second.seq == seq)
            key->second.confirmedAt = now;
        confirmed.removed.push_back(message);
        confirmed.bytes += message.body.size();
        confirmed.removed.back().body = {};
        box.bytes -= message.body.size();
        it = box.unread.erase(it);
    }
    return confirmed;
}

Outcome MemoryStore::Data::perform(const Fetch &action, Time)
{
    const Box &box = boxes[action.user];
    Fetched fetched;
    fetched.lastSeq = box.lastSeq;
    qint64 bytes = 0;
    for (auto it = box.unread.upper_bound(action.after); it != box.unread.end(); ++it) {
        const Message &message = it->second;
        bytes += message.body.size();
        const bool fits = fetched.messages.empty() || bytes <= action.maxBytes;
        if (!fits || qint64(fetched.messages.size()) >= action.limit) {
            fetched.more = true;
            break;
        }
        fetched.messages.push_back(message);
    }
    return fetched;
}

Outcome MemoryStore::Data::perform(const Track &action, Time)
{
    const auto it = keys.find({action.sender, action.clientId});
    if (it == keys.end())
        return Tracked();
    const Key &key = it->second;
    return Tracked{true, key.receiver, key.seq, key.sentAt, key.confirmedAt};
}

Outcome MemoryStore::Data::perform(const ReadMailbox &action, Time)
{
    const Box &box = boxes[action.user];
    const Seq first = box.unread.empty() ? Seq() : box.unread.begin()->first;
    return Mailbox{qint64(box.unread.size()), first, box.lastSeq, box.bytes, epoch};
}

Outcome MemoryStore::Data::perform(const Survey &action, Time)
{
    Surveyed surveyed;
    int mailboxes = 0;
    auto it = users.upper_bound(action.after);
    for (; it != users.end() && mailboxes < action.limit; ++it, ++mailboxes) {
        surveyed.last = it->first;
        const Box &box = boxes[it->first];
        surveyed.messages += qint64(box.unread.size());
        surveyed.bytes += box.bytes;
        if (!box.unread.empty()) {
            const Time first = box.unread.begin()->second.sentAt;
            surveyed.oldest = std::min(surveyed.oldest.value_or(first), first);
        }
    }
    surveyed.more = mailboxes == action.limit;
    return surveyed;
}

// --- the store

MemoryStore::MemoryStore(const Limits &limits)
    : m_data(std::make_unique<Data>())
{
    m_data->limits = limits;
}

MemoryStore::~MemoryStore() = default;

Done MemoryStore::open()
{
    m_data->open = true;
    return done();
}

Result<std::vector<Outcome>> MemoryStore::apply(std::span<const Operation> operations, Time now)
{
    if (!m_data->open)
        return Failure{QStringLiteral("the store is not open"), true};
    std::vector<Outcome> outcomes;
    outcomes.reserve(operations.size());
    for (const Operation &operation : operations) {
        outcomes.push_back(std::visit(
            [&](const auto &action) { return m_data->perform(action, now); }, operation.action));
    }
    return outcomes;
}

bool MemoryStore::isOpen() const
{
    return m_data->open;
}

Done MemoryStore::check()
{
    return done();
}

void MemoryStore::close()
{
    m_data->open = false;
}

} // namespace parley::storage
