// SPDX-License-Identifier: MIT
// Actions by chance, made so that they meet: few users, few keys, low seqs.
#pragma once

#include "storage/store.h"

#include <QRandomGenerator>

namespace parley::test {

class RandomActions {
public:
    explicit RandomActions(QRandomGenerator &chance)
        : m_chance(chance)
    {
    }

    storage::Action action(Time now);
    // What there is to be seen of everything that action() can do.
    std::vector<storage::Action> looks() const;

private:
    storage::Action messageAction();
    storage::Action accountAction(Time now);
    storage::Action presenceAction(Time now);
    storage::Action sendAction();
    storage::Action trackAction();
    storage::Action confirmAction();
    storage::Action sessionAction(Time now);
    template <class T> const T &oneOf(const std::vector<T> &);
    bool oneIn(int count) { return m_chance.bounded(count) == 0; }
    int below(int end) { return m_chance.bounded(end); }

    QRandomGenerator &m_chance;
    std::vector<storage::StoreMessage> m_recent;
    std::vector<UserId> m_sessions; // whose each is
    qint64 m_sends = 0;
};

} // namespace parley::test
