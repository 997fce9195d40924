// SPDX-License-Identifier: MIT
#include "suite/randomactions.h"

#include "suite/actions.h"

namespace parley::test {

using namespace storage;

namespace {

// Those who are users from the beginning, and some who may become users.
const std::vector<UserId> Users{Alice, Bob, Carol, Disabled};
const std::vector<UserId> Receivers{Alice, Bob, Bob, Bob, Carol, Disabled, UserId(10), Nobody};
const std::vector<QByteArray> Names{"alice", "bob", "carol", "disabled", "new"};
const std::vector<QByteArray> Keys{{}, {}, "a", "b", "c", "d", "e'", "f\"", "{g,}", "\\h", "😀"};

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
        return Track{oneOf(Users), oneOf(Keys)};
    case 5:
        return ReadMailbox{oneOf(Receivers)};
    default:
        return sendAction();
    }
}

Action RandomActions::sendAction()
{
    ++m_sends;
    auto message = send(oneOf(Users), oneOf(Receivers),
        QByteArray::number(m_sends).repeated(below(4)), oneOf(Keys));
    // Mostly new keys, or nothing would be stored after a while.
    if (!message.clientId.isNull() && !oneIn(3))
        message.clientId += QByteArray::number(m_sends / 4);
    message.receipt = oneIn(3);
    if (oneIn(8))
        message.refusal = oneIn(2) ? ErrorCode::TooLarge : ErrorCode::RateLimited;
    return message;
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
        confirm.seqs.push_back(Seq(first.value() + below(40)));
    return confirm;
}

Action RandomActions::accountAction(Time now)
{
    switch (below(9)) {
    case 0:
        return addUser(below(12), oneOf(Names));
    case 1:
        return enable(oneOf(Names), false);
    case 2:
    case 3:
        return enable(oneOf(Names), true);
    case 4:
        return setPassword(oneOf(Names), QByteArray::number(below(100)));
    case 5:
        // Never expiring at the very moment of an operation: those are even.
        return AddSession{
            oneOf(Users), sessionHash(++m_sessions), now + milliseconds(below(30) * 2 - 1)};
    case 6:
        return EndSession{sessionHash(qMax(1, m_sessions - below(5)))};
    case 7:
        return CheckSession{oneOf(Users), sessionHash(qMax(1, m_sessions - below(5)))};
    default:
        return oneIn(2) ? FindUsers() : FindUsers{oneOf(Names)};
    }
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
        looks.push_back(ReadMailbox{user});
        looks.push_back(fetch(user));
    }
    for (const UserId user : Users) {
        for (const auto &key : Keys) {
            if (!key.isNull())
                looks.push_back(Track{user, key});
        }
    }
    for (int i = 0; i < 5; ++i)
        looks.push_back(CheckSession{Bob, sessionHash(qMax(1, m_sessions - i))});
    return looks;
}

} // namespace parley::test
