// SPDX-License-Identifier: MIT
// StoreMessage and Confirm. The mailboxes that they touch are locked and read first, then whatever
// the confirmations can find is removed, and then all of it is played through in the batch's order
// in memory: so the outcomes are exactly those of one after another, also where a mailbox was full
// before it was confirmed, or a message is confirmed in the batch that stores it.
#include "storage/sql/work.h"

#include <algorithm>

#include <QHash>

namespace parley::storage::sql {

namespace {

constexpr size_t NotNew = SIZE_MAX;

// A message that a confirmation can find.
struct Open {
    Message message; // without its body
    qint64 bytes = 0;
    std::optional<qint64> sentRow; // the number of its row in `sent`, as far as known
    size_t stored = NotNew; // where it stands among this step's new messages
    bool confirmed = false;
};

// A mailbox in this step.
struct Touched {
    UserId user;
    Box *box = nullptr; // null: no such user
    bool changed = false;
    bool confirms = false; // somewhere in this step
    // When it confirms: what was removed, ascending; those before `next` are accounted for.
    std::vector<Open> open = {};
    size_t next = 0;
};

// Messages that are confirmed.
struct Range {
    UserId user;
    Seq first;
    Seq last;
    auto operator<=>(const Range &) const = default;
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
    std::optional<qint64> sentRow = {};
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
        if (m_indexes.empty())
            return done();
        for (const auto part : {&MessageWriter::lockMailboxes, &MessageWriter::findKeys,
                 &MessageWriter::removeConfirmed, &MessageWriter::applyActions,
                 &MessageWriter::insertSent, &MessageWriter::insertUnread,
                 &MessageWriter::confirmSent, &MessageWriter::updateMailboxes}) {
            if (const Done did = (this->*part)(); !did)
                return did;
        }
        return done();
    }

private:
    const StoreMessage *storing(size_t index) const
    {
        return m_work.action<StoreMessage>(qint64(index));
    }
    const Confirm *confirming(size_t index) const { return m_work.action<Confirm>(qint64(index)); }
    // Of a user whom an operation names.
    Touched &touched(UserId user)
    {
        return *std::ranges::lower_bound(m_touched, user, {}, &Touched::user);
    }

    Done lockMailboxes();
    // After the mailboxes are locked: another node that stores the same key in the same mailbox has
    // then committed, or will find ours.
    Done findKeys();
    std::vector<Range> confirmedRanges();
    Done removeConfirmed();
    Done applyActions();
    Outcome store(const StoreMessage &);
    Outcome confirm(const Confirm &);
    void markConfirmed(Touched &, Open &, Confirmed &);
    Done insertUnread();
    Done insertSent();
    Done confirmSent();
    Done updateMailboxes();

    Work &m_work;
    const std::vector<size_t> &m_indexes;
    std::vector<Touched> m_touched; // of the receivers and confirmers; ascending
    QHash<KeyId, Key> m_keys;
    std::vector<NewMessage> m_new;
    std::vector<Open> m_confirmedBefore; // with a key, and stored before this step
};

Done MessageWriter::lockMailboxes()
{
    std::vector<UserId> users;
    users.reserve(m_indexes.size());
    for (const size_t index : m_indexes)
        users.push_back(storing(index) ? storing(index)->receiver : confirming(index)->user);
    std::ranges::sort(users);
    users.erase(std::unique(users.begin(), users.end()), users.end());
    if (const Done locked = m_work.known.mailboxes.lock(m_work.database, users); !locked)
        return locked;
    m_touched.reserve(users.size());
    for (const UserId user : users)
        m_touched.push_back({user, m_work.known.mailboxes.find(user)});
    return done();
}

Done MessageWriter::findKeys()
{
    Parameters in(4, m_indexes.size());
    for (const size_t index : m_indexes) {
        const StoreMessage *action = storing(index);
        if (action && !action->clientId.isNull())
            in.add(qint64(index), action->sender.value(), action->clientId,
                m_work.known.keys.find(action->sender, action->clientId));
    }
    m_keys.reserve(qsizetype(in.rows()));
    return m_work.database.exec(Statement::FindSent, in, [this](const Row &row) {
        if (const StoreMessage *action = storing(size_t(row.integer(0))))
            m_keys[{action->sender, action->clientId}] = {
                UserId(row.integer(1)), Seq(row.integer(2)), fromMs(row.integer(3))};
        return true;
    });
}

// Neighbours, of which there are many, share a range; and no range meets another.
std::vector<Range> MessageWriter::confirmedRanges()
{
    std::vector<Range> wanted;
    for (const size_t index : m_indexes) {
        const Confirm *action = confirming(index);
        if (!action || !touched(action->user).box)
            continue;
        touched(action->user).confirms = true;
        if (action->upTo)
            wanted.push_back({action->user, Seq(1), *action->upTo});
        for (const Seq seq : action->seqs)
            wanted.push_back({action->user, seq, seq});
    }
    std::ranges::sort(wanted);
    std::vector<Range> merged;
    for (const Range &range : wanted) {
        if (!merged.empty() && merged.back().user == range.user
            && range.first.value() - 1 <= merged.back().last.value())
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    return merged;
}

Done MessageWriter::removeConfirmed()
{
    const std::vector<Range> wanted = confirmedRanges();
    Parameters ranges(3, wanted.size());
    for (const auto &[user, first, last] : wanted)
        ranges.add(user.value(), first.value(), last.value());
    const Done removed = m_work.database.exec(Statement::RemoveUnread, ranges, [&](const Row &row) {
        const UserId user(row.integer(0));
        const auto mailbox = std::ranges::lower_bound(m_touched, user, {}, &Touched::user);
        if (mailbox == m_touched.end() || mailbox->user != user || !mailbox->confirms)
            return true; // not asked for
        mailbox->open.push_back(
            {{user, Seq(row.integer(1)), UserId(row.integer(2)), row.text(3).toByteArray(), {},
                 fromMs(row.integer(4)), row.integer(5) != 0},
                row.integer(6), row.isNull(7) ? std::nullopt : std::optional(row.integer(7))});
        return true;
    });
    for (Touched &mailbox : m_touched)
        std::ranges::sort(mailbox.open, {}, [](const Open &open) { return open.message.seq; });
    return removed;
}

Done MessageWriter::applyActions()
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
    Touched &mailbox = touched(action.receiver);
    Box *const box = mailbox.box;
    if (!box || !box->enabled)
        return Refused{ErrorCode::UnknownUser, {}};
    if (box->count >= m_work.limits.mailboxMessages || box->lastSeq >= MaxInteger
        || box->bytes + action.body.size() > m_work.limits.mailboxBytes)
        return Refused{ErrorCode::MailboxFull, {}};

    const Seq seq(++box->lastSeq);
    ++box->count;
    box->bytes += action.body.size();
    mailbox.changed = true;
    if (mailbox.confirms)
        mailbox.open.push_back(
            {{action.receiver, seq, action.sender, action.clientId, {}, m_work.now, action.receipt},
                action.body.size(), {}, m_new.size()});
    if (hasKey)
        m_keys[id] = {action.receiver, seq, m_work.now};
    m_new.push_back({&action, seq});
    return Stored{seq, m_work.now, false, box->count};
}

Outcome MessageWriter::confirm(const Confirm &action)
{
    Confirmed confirmed;
    Touched &mailbox = touched(action.user);
    std::vector<Open> &open = mailbox.open;
    for (; mailbox.next < open.size() && action.upTo
         && open[mailbox.next].message.seq <= *action.upTo;
         ++mailbox.next)
        markConfirmed(mailbox, open[mailbox.next], confirmed);
    std::vector<Seq> seqs = action.seqs;
    std::ranges::sort(seqs);
    for (const Seq seq : seqs) {
        const auto it = std::ranges::lower_bound(
            open, seq, {}, [](const Open &open) { return open.message.seq; });
        if (it != open.end() && it->message.seq == seq)
            markConfirmed(mailbox, *it, confirmed);
    }
    return confirmed;
}

void MessageWriter::markConfirmed(Touched &mailbox, Open &open, Confirmed &confirmed)
{
    if (std::exchange(open.confirmed, true))
        return;
    --mailbox.box->count;
    mailbox.box->bytes -= open.bytes;
    confirmed.bytes += open.bytes;
    mailbox.changed = true;
    if (open.stored != NotNew)
        m_new[open.stored].confirmed = true;
    else if (!open.message.clientId.isNull())
        m_confirmedBefore.push_back(open);
    confirmed.removed.push_back(open.message);
}

Done MessageWriter::insertUnread()
{
    Parameters in(8, m_new.size());
    for (const auto &[action, seq, confirmed, sentRow] : m_new) {
        if (!confirmed)
            in.add(action->receiver.value(), seq.value(), action->sender.value(),
                nullable(action->clientId), action->body, toMs(m_work.now), action->receipt,
                sentRow);
    }
    return m_work.run(Statement::InsertUnread, in);
}

Done MessageWriter::insertSent()
{
    Parameters in(7, m_new.size());
    for (auto &[action, seq, confirmed, sentRow] : m_new) {
        if (action->clientId.isNull())
            continue;
        sentRow = m_work.known.keys.add(action->sender, action->clientId);
        in.add(action->sender.value(), action->clientId, action->receiver.value(), seq.value(),
            toMs(m_work.now), confirmed ? ValueView(toMs(m_work.now)) : ValueView(), sentRow);
    }
    return m_work.run(Statement::InsertSent, in);
}

Done MessageWriter::confirmSent()
{
    Parameters in(6, m_confirmedBefore.size());
    for (const auto &[message, bytes, sentRow, stored, confirmed] : m_confirmedBefore)
        in.add(message.sender.value(), message.clientId, message.receiver.value(),
            message.seq.value(), toMs(m_work.now), sentRow);
    return m_work.run(Statement::ConfirmSent, in);
}

Done MessageWriter::updateMailboxes()
{
    Parameters in(4, m_touched.size());
    for (const Touched &mailbox : m_touched) {
        if (mailbox.changed)
            in.add(
                mailbox.user.value(), mailbox.box->lastSeq, mailbox.box->count, mailbox.box->bytes);
    }
    return m_work.run(Statement::UpdateMailboxes, in);
}

} // namespace

Done writeMessages(Work &work, const std::vector<size_t> &indexes)
{
    return MessageWriter(work, indexes).write();
}

} // namespace parley::storage::sql
