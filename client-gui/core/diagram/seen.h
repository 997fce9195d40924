// SPDX-License-Identifier: MIT
#pragma once

#include "core/ids.h"

#include <QPair>
#include <QSet>

#include <deque>

namespace parley::diagram {

// The messages that something was seen of, the newest few thousand.
class Seen {
public:
    static constexpr size_t Most = 8192;

    // False: it was there.
    bool add(UserId receiver, Seq seq)
    {
        const Key key(receiver.value(), seq.value());
        if (m_keys.contains(key))
            return false;
        if (m_order.size() >= Most) {
            m_keys.remove(m_order.front());
            m_order.pop_front();
        }
        m_keys.insert(key);
        m_order.push_back(key);
        return true;
    }
    void forgetAfter(UserId receiver, Seq seq)
    {
        const auto isLater = [&](const Key &key) {
            return key.first == receiver.value() && key.second > seq.value();
        };
        if (std::erase_if(m_order, isLater) > 0)
            m_keys.removeIf(isLater);
    }

private:
    using Key = QPair<qint64, qint64>;
    QSet<Key> m_keys;
    std::deque<Key> m_order;
};

} // namespace parley::diagram
