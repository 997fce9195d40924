// SPDX-License-Identifier: MIT
#include "suite/text.h"

#include <QByteArrayList>
#include <QCryptographicHash>

namespace parley::test {

using namespace storage;

namespace {

template <class Tag> QByteArray num(Id<Tag> id)
{
    return QByteArray::number(id.value());
}

QByteArray num(qint64 number)
{
    return QByteArray::number(number);
}

QByteArray at(Time time)
{
    return '+' + num((time - Start).count());
}

QByteArray at(const std::optional<Time> &time)
{
    return time ? at(*time) : QByteArray("never");
}

QByteArray quoted(const QByteArray &body)
{
    if (body.size() <= 60)
        return '\'' + body + '\'';
    const auto hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().left(16);
    return num(qint64(body.size())) + " bytes " + hash;
}

template <class Range, class Function> QByteArray listed(const Range &range, Function function)
{
    QByteArrayList list;
    for (const auto &element : range)
        list << function(element);
    return '[' + list.join(", ") + ']';
}

template <class Tag> QByteArray nums(const std::vector<Id<Tag>> &ids)
{
    return listed(ids, [](auto id) { return num(id); });
}

QByteArray keyed(const QByteArray &clientId)
{
    return clientId.isNull() ? QByteArray() : " key=" + clientId;
}

QByteArray messageText(const Message &message)
{
    return num(message.seq) + ' ' + num(message.sender) + '>' + num(message.receiver)
        + keyed(message.clientId) + (message.body.isNull() ? "" : ' ' + quoted(message.body)) + ' '
        + at(message.sentAt) + (message.receipt ? " receipt" : "");
}

// --- outcomes

QByteArray tell(const Refused &refused)
{
    return "refused " + name(refused.code).toByteArray();
}

QByteArray tell(const Stored &stored)
{
    return (stored.duplicate ? "duplicate " : "stored ") + num(stored.seq) + ' ' + at(stored.sentAt)
        + (stored.duplicate ? "" : " unread " + num(stored.unread));
}

QByteArray tell(const Confirmed &confirmed)
{
    return "removed " + listed(confirmed.removed, messageText);
}

QByteArray tell(const Fetched &fetched)
{
    return "fetched " + listed(fetched.messages, messageText) + (fetched.more ? " more" : "")
        + " last " + num(fetched.lastSeq);
}

QByteArray tell(const Tracked &tracked)
{
    if (!tracked.known)
        return "unknown";
    return "tracked " + num(tracked.seq) + " >" + num(tracked.receiver) + ' ' + at(tracked.sentAt)
        + (tracked.confirmedAt ? " confirmed " + at(tracked.confirmedAt) : " unread");
}

QByteArray tell(const Mailbox &mailbox)
{
    return "mailbox " + num(mailbox.count) + " first " + num(mailbox.firstSeq) + " last "
        + num(mailbox.lastSeq);
}

QByteArray tell(const FoundUsers &found)
{
    return "users " + listed(found.users, [](const User &user) {
        return num(user.id) + ' ' + user.name + ' ' + user.passwordHash
            + (user.enabled ? "" : " disabled");
    });
}

QByteArray tell(const AddedUser &added)
{
    return added.taken ? QByteArray("taken") : "added " + num(added.id);
}

QByteArray tell(const ChangedUser &changed)
{
    return changed.found ? "changed" : "not found";
}

QByteArray tell(const AddedSession &session)
{
    return session.added ? "session added" : "session not added";
}

QByteArray tell(const CheckedSession &checked)
{
    return checked.valid ? "valid" : "invalid";
}

QByteArray tell(const EndedSession &ended)
{
    return "ended " + num(ended.user);
}

// Without the number, which is the store's own affair.
QByteArray tell(const AccountChanges &found)
{
    return "changes " + listed(found.changes, [](const AccountChange &change) {
        switch (change.scope) {
        case AccountChange::Scope::Session:
            return "session " + change.sessionHash.toHex().right(4) + " of " + num(change.user);
        case AccountChange::Scope::LoginSessions:
            return "logins of " + num(change.user);
        case AccountChange::Scope::All:
            break;
        }
        return "all of " + num(change.user);
    });
}

QByteArray tell(const Beaten &)
{
    return "beaten";
}
QByteArray tell(const WrittenPresence &)
{
    return "presence written";
}

QByteArray tell(const FoundPresence &found)
{
    return "presence " + listed(found.rows, [](const PresenceRow &row) {
        return num(row.user) + (row.online ? " online " : " offline ") + at(row.lastSeen);
    });
}

QByteArray tell(const Pruned &pruned)
{
    return pruned.doubted ? QByteArray("doubted") : "pruned " + num(pruned.rows);
}

QByteArray tell(const Surveyed &surveyed)
{
    return "surveyed " + num(surveyed.messages) + " of " + num(surveyed.bytes) + " bytes oldest "
        + at(surveyed.oldest) + " last " + num(surveyed.last) + (surveyed.more ? " more" : "");
}

// --- actions

QByteArray tell(const StoreMessage &action)
{
    return "StoreMessage " + num(action.sender) + '>' + num(action.receiver)
        + keyed(action.clientId) + ' ' + quoted(action.body) + (action.receipt ? " receipt" : "")
        + (action.refusal ? " refusal " + name(*action.refusal).toByteArray() : "");
}

QByteArray tell(const Confirm &action)
{
    return "Confirm " + num(action.user) + ' ' + nums(action.seqs)
        + (action.upTo ? " upTo " + num(*action.upTo) : "");
}

QByteArray tell(const Fetch &action)
{
    return "Fetch " + num(action.user) + " after " + num(action.after) + " limit "
        + num(action.limit) + " bytes " + num(action.maxBytes);
}

QByteArray tell(const Track &action)
{
    return "Track " + num(action.sender) + keyed(action.clientId);
}

QByteArray tell(const ReadMailbox &action)
{
    return "ReadMailbox " + num(action.user);
}

QByteArray tell(const FindUsers &action)
{
    return "FindUsers " + action.name;
}

QByteArray tell(const AddUser &action)
{
    return "AddUser " + num(action.user.id) + ' ' + action.user.name
        + (action.user.enabled ? "" : " disabled");
}

QByteArray tell(const ChangeUser &action)
{
    return "ChangeUser " + action.name + (action.passwordHash ? " password" : "")
        + (!action.enabled        ? ""
                : *action.enabled ? " enable"
                                  : " disable");
}

QByteArray tell(const AddSession &action)
{
    return "AddSession of " + num(action.user) + ' ' + action.sessionHash.toHex().right(4)
        + " until " + at(action.expiresAt)
        + (action.passwordHash ? " if password " + *action.passwordHash : QByteArray());
}

QByteArray tell(const CheckSession &action)
{
    return "CheckSession of " + num(action.user) + ' ' + action.sessionHash.toHex().right(4);
}

QByteArray tell(const EndSession &action)
{
    return "EndSession " + action.sessionHash.toHex().right(4);
}

QByteArray tell(const ReadAccountChanges &action)
{
    return "ReadAccountChanges after " + num(action.after);
}

QByteArray tell(const WritePresence &action)
{
    return "WritePresence " + listed(action.changes, [](const PresenceChange &change) {
        return num(change.user)
            + (!change.online        ? ""
                    : *change.online ? " online"
                                     : " offline")
            + (change.lastSeen ? " seen " + at(change.lastSeen) : "");
    });
}

QByteArray tell(const Beat &)
{
    return "Beat";
}
QByteArray tell(const LeaveNode &)
{
    return "LeaveNode";
}
QByteArray tell(const ResetPresence &)
{
    return "ResetPresence";
}

QByteArray tell(const ReadPresence &action)
{
    return "ReadPresence " + nums(action.users);
}

QByteArray tell(const Prune &action)
{
    return "Prune " + num(action.limit);
}

QByteArray tell(const Survey &action)
{
    return "Survey after " + num(action.after) + " limit " + num(action.limit);
}

} // namespace

QByteArray text(const Outcome &outcome)
{
    return std::visit([](const auto &value) -> QByteArray { return tell(value); }, outcome);
}

QByteArray text(const Action &action)
{
    return std::visit([](const auto &value) -> QByteArray { return tell(value); }, action);
}

} // namespace parley::test
