// SPDX-License-Identifier: MIT
// The persons of the tests, and short words for what they do.
#pragma once

#include "support/stores.h"

#include <QByteArrayList>

namespace parley::test {

// Besides Alice and Bob.
inline constexpr UserId Carol{3};
inline constexpr UserId Disabled{9}; // is there, but disabled
inline constexpr UserId Nobody{77}; // is not there
inline constexpr UserId Last{MaxInteger}; // the last user that there can be

inline storage::StoreMessage send(
    UserId sender, UserId receiver, const QByteArray &body, const QByteArray &clientId = {})
{
    return {sender, receiver, clientId, body, false, {}};
}

inline storage::StoreMessage refused(storage::StoreMessage message, ErrorCode refusal)
{
    message.refusal = refusal;
    return message;
}

inline storage::StoreMessage withReceipt(storage::StoreMessage message)
{
    message.receipt = true;
    return message;
}

inline storage::Confirm confirm(UserId user, std::initializer_list<qint64> seqs)
{
    storage::Confirm action{user, {}, {}};
    for (const qint64 seq : seqs)
        action.seqs.emplace_back(seq);
    return action;
}

inline storage::Confirm confirmUpTo(UserId user, qint64 seq)
{
    return {user, {}, Seq(seq)};
}

inline storage::Fetch fetch(
    UserId user, qint64 after = 0, int limit = 100, qint64 maxBytes = limits::FetchFrameBytes)
{
    return {user, Seq(after), limit, maxBytes};
}

inline storage::AddUser addUser(qint64 id, const QByteArray &name, bool enabled = true)
{
    return {{UserId(id), name, "hash", enabled}};
}

inline storage::ChangeUser enable(const QByteArray &name, bool enabled)
{
    return {name, {}, enabled};
}

inline storage::ChangeUser setPassword(const QByteArray &name, const QByteArray &hash)
{
    return {name, hash, {}};
}

// A session's hash, as long as a real one, with any bytes in it.
inline QByteArray sessionHash(int number)
{
    return QByteArray::fromHex("00ff27225c0a7b2c")
        .repeated(4)
        .replace(30, 2, QByteArray(1, char(number >> 8)) + char(number));
}

// What the texts of the outcomes should be.
template <class... Texts> QByteArrayList said(const Texts &...texts)
{
    return {QByteArray(texts)...};
}

} // namespace parley::test
