// SPDX-License-Identifier: MIT
// StoreMessage and Confirm. The mailboxes that they touch are locked and read first, then whatever
// the confirmations can find is removed, and then all of it is played through in the batch's order
// in memory: so the outcomes are exactly those of one after another, also where a mailbox was full
// before it was confirmed, or a message is confirmed in the batch that stores it.
#include "storage/sql/work.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <QHash>

namespace parley::storage::sql {

namespace {

constexpr size_t NotNew = SIZE_MAX;

// A message that a confirmation can find.
struct Open {
    Message message; // without its body
    qint64 bytes = 0;
    size_t stored = NotNew; // where it stands among this step's new messages
};

struct Box {
    qint64 lastSeq = 0;
    qint64 count = 0;
    qint64 bytes = 0;
    bool enabled = false;
    bool changed = false;
    bool confirms = false; // somewhere in this step
    std::map<Seq, Open> open; // when it confirms: what was removed, and not yet accounted for
};

struct Key {
    UserId receiver;
    Seq seq;
    Time sentAt;
};

// A message of this step.
struct NewMessage {
    const StoreMessage *action;
    Seq seq;
    bool confirmed = false;
};

using KeyId = std::pair<UserId, QByteArray>; // sender and clientId

class MessageWriter {
public:
    MessageWriter(Work &work, const std::vector<size_t> &indexes)
        : m_work(work)
        , m_indexes(indexes)
    {
    }

    Done write()
    {
        for (const auto part : {&MessageWriter::lockMailboxes, &MessageWriter::findKeys,
                 &MessageWriter::removeConfirmed, &MessageWriter::play,
                 &MessageWriter::insertUnread, &MessageWriter::insertSent,
                 &MessageWriter::confirmSent, &MessageWriter::updateMailboxes}) {
            if (const Done did = (this->*part)(); !did)
                return did;
        }
        return done();
    }

private:
    const StoreMessage *storing(size_t index) const
    {
        return std::get_if<StoreMessage>(&m_work.operations[index].action);
    }
    const Confirm *confirming(size_t index) const
    {
        return std::get_if<Confirm>(&m_work.operations[index].action);
    }
    Box *find(UserId user)
    {
        const auto it = m_boxes.find(user);
        return it == m_boxes.end() ? nullptr : &it->second;
    }

    Done lockMailboxes();
    // After the mailboxes are locked: another node that stores the same key in the same mailbox has
    // then committed, or will find ours.
    Done findKeys();
    Done removeConfirmed();
    Done play();
    Outcome store(const StoreMessage &);
    Outcome confirm(const Confirm &);
    void settle(Box &, Open &, Confirmed &);
    Done insertUnread();
    Done insertSent();
    Done confirmSent();
    Done updateMailboxes();

    Work &m_work;
    const std::vector<size_t> &m_indexes;
    std::unordered_map<UserId, Box> m_boxes; // of the receivers and confirmers who exist
    QHash<KeyId, Key> m_keys;
    std::vector<NewMessage> m_new;
    std::vector<Message> m_confirmedBefore; // with a key, and stored before this step
};

Done MessageWriter::lockMailboxes()
{
    std::vector<UserId> users;
    for (const size_t index : m_indexes)
        users.push_back(storing(index) ? storing(index)->receiver : confirming(index)->user);
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    Table in(1);
    for (const UserId user : users)
        in.add(user.value());
    const auto found = m_work.database.exec(Statement::LockMailboxes, in);
    if (!found)
        return found.failure();
    m_boxes.reserve(found->rows());
    for (size_t row = 0; row < found->rows(); ++row) {
        Box &box = m_boxes[UserId(found->integer(row, 0))];
        box.lastSeq = found->integer(row, 1);
        box.count = found->integer(row, 2);
        box.bytes = found->integer(row, 3);
        box.enabled = found->integer(row, 4) != 0;
    }
    return done();
}

Done MessageWriter::findKeys()
{
    Table in(3);
    for (const size_t index : m_indexes) {
        const StoreMessage *action = storing(index);
        if (action && !action->clientId.isNull())
            in.add(qint64(index), action->sender.value(), action->clientId);
    }
    m_keys.reserve(qsizetype(in.rows()));
    const auto found = m_work.database.exec(Statement::FindSent, in);
    if (!found)
        return found.failure();
    for (size_t row = 0; row < found->rows(); ++row) {
        const StoreMessage *action = storing(size_t(found->integer(row, 0)));
        m_keys[{action->sender, action->clientId}] = {UserId(found->integer(row, 1)),
            Seq(found->integer(row, 2)), fromMs(found->integer(row, 3))};
    }
    return done();
}

Done MessageWriter::removeConfirmed()
{
    Table ranges(3);
    for (const size_t index : m_indexes) {
        const Confirm *action = confirming(index);
        Box *const box = action ? find(action->user) : nullptr;
        if (!box)
            continue;
        box->confirms = true;
        if (action->upTo)
            ranges.add(action->user.value(), 1, action->upTo->value());
        // Neighbours, of which there are many, share a range.
        std::vector<Seq> seqs = action->seqs;
        std::ranges::sort(seqs);
        for (size_t first = 0, next = 1; next <= seqs.size(); ++next) {
            if (next < seqs.size() && seqs[next].value() - seqs[next - 1].value() <= 1)
                continue;
            ranges.add(action->user.value(), seqs[first].value(), seqs[next - 1].value());
            first = next;
        }
    }
    const auto removed = m_work.database.exec(Statement::RemoveUnread, ranges);
    if (!removed)
        return removed.failure();
    for (size_t row = 0; row < removed->rows(); ++row) {
        const UserId user(removed->integer(row, 0));
        const Seq seq(removed->integer(row, 1));
        find(user)->open[seq] = {
            {user, seq, UserId(removed->integer(row, 2)), removed->text(row, 3), {},
                fromMs(removed->integer(row, 4)), removed->integer(row, 5) != 0},
            removed->integer(row, 6)};
    }
    return done();
}

Done MessageWriter::play()
{
    for (const size_t index : m_indexes) {
        const StoreMessage *action = storing(index);
        m_work.outcomes[index] = action ? store(*action) : confirm(*confirming(index));
    }
    return done();
}

Outcome MessageWriter::store(const StoreMessage &action)
{
    const bool hasKey = !action.clientId.isNull();
    const KeyId id(action.sender, action.clientId);
    if (hasKey) {
        if (const auto key = m_keys.constFind(id); key != m_keys.constEnd()) {
            if (key->receiver != action.receiver)
                return Refused{ErrorCode::IdReused, {}};
            return Stored{key->seq, key->sentAt, true, 0};
        }
    }
    if (action.refusal)
        return Refused{*action.refusal, {}};
    Box *const box = find(action.receiver);
    if (!box || !box->enabled)
        return Refused{ErrorCode::UnknownUser, {}};
    if (box->count >= m_work.limits.mailboxMessages
        || box->bytes + action.body.size() > m_work.limits.mailboxBytes)
        return Refused{ErrorCode::MailboxFull, {}};

    const Seq seq(++box->lastSeq);
    ++box->count;
    box->bytes += action.body.size();
    box->changed = true;
    if (box->confirms)
        box->open[seq] = {
            {action.receiver, seq, action.sender, action.clientId, {}, m_work.now, action.receipt},
            action.body.size(), m_new.size()};
    if (hasKey)
        m_keys[id] = {action.receiver, seq, m_work.now};
    m_new.push_back({&action, seq});
    return Stored{seq, m_work.now, false, box->count};
}

Outcome MessageWriter::confirm(const Confirm &action)
{
    Confirmed confirmed;
    Box *const box = find(action.user);
    if (!box)
        return confirmed;
    const auto end = action.upTo ? box->open.upper_bound(*action.upTo) : box->open.begin();
    for (auto it = box->open.begin(); it != end; it = box->open.erase(it))
        settle(*box, it->second, confirmed);
    std::vector<Seq> seqs = action.seqs;
    std::ranges::sort(seqs);
    for (const Seq seq : seqs) {
        const auto it = box->open.find(seq);
        if (it == box->open.end())
            continue;
        settle(*box, it->second, confirmed);
        box->open.erase(it);
    }
    return confirmed;
}

void MessageWriter::settle(Box &box, Open &open, Confirmed &confirmed)
{
    --box.count;
    box.bytes -= open.bytes;
    box.changed = true;
    if (open.stored != NotNew)
        m_new[open.stored].confirmed = true;
    else if (!open.message.clientId.isNull())
        m_confirmedBefore.push_back(open.message);
    confirmed.removed.push_back(std::move(open.message));
}

Done MessageWriter::insertUnread()
{
    Table in(7);
    for (const auto &[action, seq, confirmed] : m_new) {
        if (!confirmed)
            in.add(action->receiver.value(), seq.value(), action->sender.value(),
                nullable(action->clientId), action->body, toMs(m_work.now), action->receipt);
    }
    return m_work.run(Statement::InsertUnread, in);
}

Done MessageWriter::insertSent()
{
    Table in(6);
    for (const auto &[action, seq, confirmed] : m_new) {
        if (!action->clientId.isNull())
            in.add(action->sender.value(), action->clientId, action->receiver.value(), seq.value(),
                toMs(m_work.now), confirmed ? Value(toMs(m_work.now)) : Value());
    }
    return m_work.run(Statement::InsertSent, in);
}

Done MessageWriter::confirmSent()
{
    Table in(5);
    for (const Message &message : m_confirmedBefore)
        in.add(message.sender.value(), message.clientId, message.receiver.value(),
            message.seq.value(), toMs(m_work.now));
    return m_work.run(Statement::ConfirmSent, in);
}

Done MessageWriter::updateMailboxes()
{
    Table in(4);
    for (const auto &[user, box] : m_boxes) {
        if (box.changed)
            in.add(user.value(), box.lastSeq, box.count, box.bytes);
    }
    return m_work.run(Statement::UpdateMailboxes, in);
}

} // namespace

Done writeMessages(Work &work, const std::vector<size_t> &indexes)
{
    return MessageWriter(work, indexes).write();
}

} // namespace parley::storage::sql
