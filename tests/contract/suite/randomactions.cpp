// SPDX-License-Identifier: MIT
#include "suite/randomactions.h"

#include "suite/actions.h"

namespace parley::test {

using namespace storage;

namespace {

// Those who are users from the beginning, and some who may become users.
const std::vector<UserId> Users{Alice, Bob, Carol, Disabled};
const std::vector<UserId> Receivers{
    Alice, Bob, Bob, Bob, Carol, Disabled, UserId(10), UserId(11), Nobody};
const std::vector<QByteArray> Names{"alice", "bob", "carol", "disabled", "n1", "n2"};
const std::vector<QByteArray> Keys{"a", "A", "e'", "f\"", "{g,}", "\\h", "i\n", "😀"};
constexpr size_t RecentSends = 20;

} // namespace

template <class T> const T &RandomActions::oneOf(const std::vector<T> &values)
{
    return values[size_t(below(int(values.size())))];
}

Action RandomActions::action(Time now)
{
    const int dice = below(100);
    if (dice < 75)
        return messageAction();
    return dice < 88 ? accountAction(now) : presenceAction(now);
}

Action RandomActions::messageAction()
{
    switch (below(12)) {
    case 0:
    case 1:
    case 2:
        return confirmAction();
    case 3:
        return fetch(oneOf(Receivers), below(10), 1 + below(5), below(30));
    case 4:
        return trackAction();
    case 5:
        if (oneIn(3))
            return Survey{oneOf(Receivers), 1 + below(5)};
        return ReadMailbox{oneOf(Receivers)};
    default:
        return sendAction();
    }
}

Action RandomActions::sendAction()
{
    ++m_sends;
    StoreMessage message;
    if (oneIn(3) && !m_recent.empty()) {
        message = oneOf(m_recent);
        if (oneIn(4))
            message.receiver = oneOf(Receivers);
    } else {
        message = send(oneOf(Users), oneOf(Receivers), {}, {});
        if (!oneIn(3))
            message.clientId = oneOf(Keys) + QByteArray::number(m_sends / 2);
    }
    message.body = QByteArray::number(m_sends).repeated(below(4));
    message.receipt = oneIn(3);
    message.refusal.reset();
    if (oneIn(8))
        message.refusal = oneIn(2) ? ErrorCode::TooLarge : ErrorCode::RateLimited;
    m_recent.push_back(message);
    if (m_recent.size() > RecentSends)
        m_recent.erase(m_recent.begin());
    return message;
}

Action RandomActions::trackAction()
{
    const auto message = m_recent.empty() ? StoreMessage() : oneOf(m_recent);
    return Track{message.sender, message.clientId.isNull() ? oneOf(Keys) : message.clientId};
}

Action RandomActions::confirmAction()
{
    const UserId user = oneOf(Receivers);
    // Near the seqs that are being given out, which lie about here.
    const auto seq = [&] { return Seq(qMax<qint64>(0, m_sends / 5 - 40 + below(60))); };
    switch (below(4)) {
    case 0:
        return confirmUpTo(user, oneIn(2) ? MaxInteger : seq().value());
    case 1:
        return Confirm{user, {}, seq()};
    default:
        break;
    }
    Confirm confirm{user, {}, {}};
    const Seq first = seq();
    for (int i = below(40); i > 0; --i)
        confirm.seqs.emplace_back(first.value() + below(40));
    return confirm;
}

Action RandomActions::accountAction(Time now)
{
    switch (below(9)) {
    case 0:
        return addUser(below(20), "n" + QByteArray::number(below(20)), !oneIn(4));
    case 1:
        return enable(oneOf(Names), false);
    case 2:
    case 3:
        return enable(oneOf(Names), true);
    case 4:
        return setPassword(oneOf(Names), QByteArray::number(below(100)));
    case 5:
        return oneIn(2) ? FindUsers() : FindUsers{oneOf(Names)};
    default:
        return sessionAction(now);
    }
}

Action RandomActions::sessionAction(Time now)
{
    if (oneIn(3) || m_sessions.empty()) {
        m_sessions.push_back(oneOf(Users));
        // Never expiring at the very moment of an operation: those are even.
        return AddSession{m_sessions.back(), sessionHash(int(m_sessions.size())),
            now + milliseconds(below(30) * 2 - 1),
            oneIn(3) ? std::optional<QByteArray>("hash") : std::nullopt};
    }
    const int recent = qMax(1, int(m_sessions.size()) - below(4));
    if (oneIn(4))
        return EndSession{sessionHash(recent)};
    return CheckSession{
        oneIn(4) ? oneOf(Users) : m_sessions[size_t(recent) - 1], sessionHash(recent)};
}

Action RandomActions::presenceAction(Time now)
{
    switch (below(6)) {
    case 0:
        if (oneIn(4))
            return ResetPresence();
        [[fallthrough]];
    case 1:
        return ReadPresence{{oneOf(Users), oneOf(Users), Nobody}};
    default:
        break;
    }
    WritePresence write;
    for (int i = below(5); i > 0; --i) {
        PresenceChange change{oneOf(Users), {}, {}};
        if (oneIn(2))
            change.online = oneIn(2);
        if (oneIn(2))
            change.lastSeen = now + milliseconds(below(100) - 80);
        write.changes.push_back(change);
    }
    return write;
}

std::vector<Action> RandomActions::looks() const
{
    std::vector<Action> looks{FindUsers(), ReadPresence{Users}, ReadAccountChanges{0}};
    for (const UserId user : Receivers) {
        looks.emplace_back(ReadMailbox{user});
        looks.emplace_back(fetch(user));
    }
    for (const auto &message : m_recent) {
        if (!message.clientId.isNull())
            looks.emplace_back(Track{message.sender, message.clientId});
    }
    for (auto number = m_sessions.size(); number > 0 && number + 5 > m_sessions.size(); --number)
        looks.emplace_back(CheckSession{m_sessions[number - 1], sessionHash(int(number))});
    return looks;
}

} // namespace parley::test
