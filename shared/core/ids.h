// SPDX-License-Identifier: MIT
// Strong ids: a UserId cannot be passed where a Seq is meant.
#pragma once

#include <QByteArrayView>

#include <compare>
#include <functional>
#include <optional>

namespace parley {

// A 64-bit id that converts to nothing by itself.
template <class Tag> class Id {
public:
    constexpr Id() = default;
    explicit constexpr Id(qint64 value)
        : m_value(value)
    {
    }
    constexpr qint64 value() const { return m_value; }
    constexpr Id next() const { return Id(m_value + 1); }
    friend constexpr auto operator<=>(Id, Id) = default;
    friend constexpr size_t qHash(Id id, size_t seed = 0) noexcept
    {
        return size_t(id.m_value) ^ seed;
    }

private:
    qint64 m_value = 0;
};

// The largest integer that every JSON implementation holds exactly: 2^53 - 1.
inline constexpr qint64 MaxInteger = (qint64(1) << 53) - 1;

// A user: 1 ... MaxInteger.
using UserId = Id<struct UserIdTag>;
// In plain decimal digits, without a leading zero; anything else is nullopt.
std::optional<UserId> parseUserId(QByteArrayView);
// The number of a message within its receiver's mailbox: 1, 2, 3 ... without gaps; 0 means none.
using Seq = Id<struct SeqTag>;
// A connection of this process, unique for its life; 0 means none.
using ConnectionId = Id<struct ConnectionIdTag>;

} // namespace parley

template <class Tag> struct std::hash<parley::Id<Tag>> {
    size_t operator()(parley::Id<Tag> id) const noexcept { return std::hash<qint64>()(id.value()); }
};
