// SPDX-License-Identifier: MIT
#include "storage/store.h"

namespace parley::storage {

namespace {

template <class... Reads> bool isOneOf(const Action &action)
{
    return (std::holds_alternative<Reads>(action) || ...);
}

} // namespace

bool isRead(const Action &action)
{
    return isOneOf<Fetch, Track, ReadMailbox, CountUnread, FindUsers, CheckSession,
        ReadAccountChanges, ReadPresence>(action);
}

} // namespace parley::storage
