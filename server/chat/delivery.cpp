// SPDX-License-Identifier: MIT
#include "chat/delivery.h"

#include "chat/connection.h"
#include "chat/router.h"

#include <algorithm>

namespace parley::chat {

Delivery::Delivery(Router &router, ConnectionId id)
    : m_router(router)
    , m_id(id)
{
}

void Delivery::opened(Connection &connection)
{
    m_members[connection.identity().user].connections.push_back(&connection);
}

void Delivery::closed(Connection &connection)
{
    const UserId user = connection.identity().user;
    std::erase(m_members[user].connections, &connection);
    unfollow(user);
    forgetIdle(m_members.find(user));
}

void Delivery::forgetIdle(Members::iterator member)
{
    if (member->second.connections.empty() && member->second.readings == 0)
        m_members.erase(member);
}

const Delivery::Connections &Delivery::connectionsOf(UserId user) const
{
    static const Connections None;
    const auto found = m_members.find(user);
    return found == m_members.end() ? None : found->second.connections;
}

void Delivery::follow(UserId user, Seq next)
{
    Sequence &sequence = m_members[user].sequence;
    sequence.follow(next);
    noteMissing(user, sequence);
}

void Delivery::unfollow(UserId user)
{
    Member &member = m_members[user];
    if (std::ranges::none_of(member.connections, &Connection::isLive))
        member.sequence.stop();
}

// Most receivers are not here, and then nothing is copied.
void Delivery::deliver(const storage::StoreMessage &message, const storage::Stored &stored)
{
    if (const auto found = m_members.find(message.receiver); found != m_members.end())
        deliver(*found,
            {{stored.seq, message.sender, message.body, stored.sentAt, message.clientId},
                stored.unread});
}

void Delivery::deliver(UserId receiver, NewMessage &&message)
{
    if (const auto found = m_members.find(receiver); found != m_members.end())
        deliver(*found, std::move(message));
}

void Delivery::deliver(Members::value_type &receiver, NewMessage &&message)
{
    auto &[user, member] = receiver;
    switch (member.sequence.offer(message.message.seq)) {
    case Sequence::Verdict::Deliver:
        push(member, message);
        return pushHeld(member);
    case Sequence::Verdict::Hold:
        m_missing.insert(user);
        return member.sequence.hold(std::move(message), m_heldBytes);
    case Sequence::Verdict::Drop:
        return;
    }
}

void Delivery::heardOf(UserId receiver, Seq seq)
{
    const auto found = m_members.find(receiver);
    if (found == m_members.end())
        return;
    found->second.sequence.heardOf(seq);
    noteMissing(receiver, found->second.sequence);
}

void Delivery::noteMissing(UserId user, const Sequence &sequence)
{
    if (sequence.isMissing())
        m_missing.insert(user);
}

void Delivery::push(const Member &member, const NewMessage &message)
{
    QByteArray payload;
    for (Connection *connection : member.connections) {
        if (!connection->isReady())
            continue;
        if (payload.isNull())
            protocol::append(payload, message.message);
        connection->offer(message.message, message.unread, payload);
    }
}

void Delivery::pushHeld(Member &member)
{
    while (const auto held = member.sequence.takeNext())
        push(member, *held);
}

void Delivery::checkAll()
{
    m_unchecked.clear();
    for (const auto &[user, member] : m_members) {
        if (member.sequence.isFollowed())
            m_unchecked.push_back(user);
    }
    askChecks();
}

// As many as one statement reads without holding up others for long.
void Delivery::askChecks()
{
    if (m_checks > 0)
        return;
    for (; m_checks < limits::Checks && !m_unchecked.empty(); ++m_checks) {
        m_router.ask({storage::ReadMailbox{m_unchecked.back()}, m_id, {}});
        m_unchecked.pop_back();
    }
}

// All of them at once, which is one statement.
void Delivery::ask()
{
    if (!m_mayLook)
        return;
    for (auto user = m_missing.begin(); user != m_missing.end() && m_looks < limits::Looks;) {
        const auto found = m_members.find(*user);
        if (found != m_members.end() && found->second.sequence.isLooking()) {
            ++user; // it is looked at again when that has ended
            continue;
        }
        if (found != m_members.end() && found->second.sequence.isMissing())
            look(*user, found->second.sequence);
        user = m_missing.erase(user);
    }
}

void Delivery::sweep()
{
    m_mayLook = true;
    ask();
    askChecks();
}

void Delivery::look(UserId user, Sequence &sequence)
{
    ++m_looks;
    m_router.tally().looks.add();
    const qint64 bytes = limits::LookBytes + m_router.limits().bodyBytes;
    m_router.budget().take(bytes);
    const QByteArray number = QByteArray::number(++m_lookNumber);
    const Seq after = sequence.beginLook(m_lookNumber);
    m_router.ask({storage::ReadMailbox{user}, m_id, number});
    m_router.ask({storage::Fetch{user, after, limits::FetchDefault, limits::LookBytes}, m_id,
        number, bytes});
}

// From before the mailbox is read: of what comes meanwhile, nothing is missed.
void Delivery::asked(const storage::Action &action)
{
    if (const auto *reading = std::get_if<storage::ReadMailbox>(&action))
        ++m_members[reading->user].readings;
}

void Delivery::answered(const storage::Operation &operation, const storage::Outcome &outcome)
{
    if (const auto *reading = std::get_if<storage::ReadMailbox>(&operation.action)) {
        const UserId user = reading->user;
        const auto member = m_members.find(user);
        --member->second.readings;
        if (operation.asker == m_id)
            noteMailbox(user, member->second.sequence, operation, outcome);
        forgetIdle(member);
        if (operation.asker == m_id && std::holds_alternative<storage::Mailbox>(outcome))
            askChecks(); // when the member is done with: it may make others
    } else if (operation.asker == m_id) {
        noteLook(operation, outcome);
    }
}

// Of a check, or the first half of a look.
void Delivery::noteMailbox(UserId user, Sequence &sequence, const storage::Operation &operation,
    const storage::Outcome &outcome)
{
    const auto *mailbox = std::get_if<storage::Mailbox>(&outcome);
    const bool isLook = !operation.ref.isNull();
    if (!isLook)
        --m_checks;
    if (!mailbox) {
        if (!isLook)
            m_unchecked.push_back(user); // at the next sweep
    } else if (isLook) {
        m_found = {user, mailbox->count};
    } else {
        sequence.heardOf(mailbox->lastSeq);
        noteMissing(user, sequence);
    }
}

void Delivery::noteLook(const storage::Operation &operation, const storage::Outcome &outcome)
{
    --m_looks;
    const auto *found = std::get_if<storage::Fetched>(&outcome);
    if (!found)
        m_mayLook = false; // before the next sweep
    const UserId user = std::get<storage::Fetch>(operation.action).user;
    const auto member = m_members.find(user);
    if (member == m_members.end())
        return;
    Sequence &sequence = member->second.sequence;
    if (!sequence.isLook(operation.ref.toLongLong()))
        return; // of who was here before
    const bool isGood = found && sequence.isLookGood();
    if (isGood)
        noteFound(user, member->second, *found);
    sequence.endLook(isGood && !found->more);
    pushHeld(member->second);
    noteMissing(user, sequence);
}

void Delivery::noteFound(UserId user, Member &member, const storage::Fetched &found)
{
    const qint64 unread = m_found.first == user ? m_found.second : qint64(found.messages.size());
    const auto skipTo = [&member](Seq seq) {
        for (Connection *connection : member.connections)
            connection->skipTo(seq);
    };
    for (const storage::Message &message : found.messages) {
        if (!member.sequence.isFollowed() || !member.sequence.find(message.seq))
            continue;
        skipTo(message.seq);
        push(member,
            {{message.seq, message.sender, message.body, message.sentAt, message.clientId},
                unread});
    }
    if (found.more || !member.sequence.isFollowed())
        return;
    member.sequence.skipTo(found.lastSeq);
    skipTo(found.lastSeq.next());
}

} // namespace parley::chat
