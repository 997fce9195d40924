// SPDX-License-Identifier: MIT
// Sorts a batch into groups, so that each kind of operation can be done for many at once.
#pragma once

#include "storage/store.h"

namespace parley::storage::sql {

// Indexes into the batch, ascending. A group is done in the order of its members here.
struct Group {
    std::vector<size_t> messages; // StoreMessage and Confirm; one takes effect after another
    std::vector<size_t> presence; // WritePresence
    std::vector<size_t> reads;
    std::vector<size_t> single; // at most one, and then the group holds nothing else
};

// Doing these groups has the effect and the outcomes of doing the operations one after another.
std::vector<Group> plan(std::span<const Operation>);

} // namespace parley::storage::sql
