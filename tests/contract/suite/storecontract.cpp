// SPDX-License-Identifier: MIT
#include "suite/storecontract.h"

#include "support/why.h"

#include <QTest>

namespace parley::test {

using namespace storage;

void StoreContract::init()
{
    begin({});
}

void StoreContract::cleanup()
{
    m_store.reset();
}

void StoreContract::begin(const Limits &limits)
{
    m_limits = limits;
    m_now = Start;
    m_store.reset();
    auto store = m_backend.fresh(limits);
    QVERIFY2(store, why(store));
    m_store = std::move(*store);
    QCOMPARE(run(addUser(1, "alice"), addUser(2, "bob"), addUser(3, "carol"),
                 addUser(9, "disabled", false)),
        said("added 1", "added 2", "added 3", "added 9"));
    m_lastChange = 0;
    newAccountChanges();
}

void StoreContract::reopen()
{
    auto store = m_backend.reopened(std::move(m_store), m_limits);
    QVERIFY2(store, why(store));
    m_store = std::move(*store);
    QVERIFY(m_store->isOpen());
}

std::vector<Outcome> StoreContract::apply(const std::vector<Action> &actions)
{
    auto outcomes = perform(*m_store, actions, m_now);
    if (!QTest::qVerify(bool(outcomes), "apply", why(outcomes), __FILE__, __LINE__))
        return std::vector<Outcome>(actions.size());
    if (!QTest::qCompare(
            outcomes->size(), actions.size(), "outcomes", "actions", __FILE__, __LINE__))
        outcomes->resize(actions.size());
    return *outcomes;
}

QByteArrayList StoreContract::texts(const std::vector<Action> &actions)
{
    QByteArrayList list;
    for (const Outcome &outcome : apply(actions))
        list << text(outcome);
    return list;
}

QByteArrayList StoreContract::everything()
{
    std::vector<Action> reads{FindUsers()};
    ReadPresence presence;
    const auto users = apply(reads);
    if (const auto *found = std::get_if<FoundUsers>(&users[0])) {
        for (const User &user : found->users) {
            reads.emplace_back(ReadMailbox{user.id});
            reads.emplace_back(fetch(user.id, 0, limits::Fetch));
            presence.users.push_back(user.id);
        }
    }
    reads.emplace_back(presence);
    reads.emplace_back(ReadAccountChanges{0});
    return texts(reads);
}

QByteArray StoreContract::newAccountChanges()
{
    const auto outcomes = apply({ReadAccountChanges{m_lastChange}});
    if (const auto *found = std::get_if<AccountChanges>(&outcomes[0]))
        m_lastChange = found->last;
    return text(outcomes[0]);
}

} // namespace parley::test
