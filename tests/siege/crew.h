// SPDX-License-Identifier: MIT
// Who is who in a siege. A time session belongs to the first address that uses it, so each hostile
// user has one of its own; pairs and hostile users never write to each other.
#pragma once

#include "core/ids.h"
#include "siege/chance.h"

#include <string>

namespace parley::siege::crew {

// Users 1 … 20 send to 21 … 40. They, and who looks after the server's health, come from the first
// loopback address.
inline constexpr int Pairs = 20;
inline constexpr int FirstHostile = 101;
inline constexpr int Rabble = 60; // do anything to each other
inline constexpr int Hoarders = 8; // their mailboxes are kept full and are never emptied
inline constexpr int FirstHoarder = FirstHostile + Rabble;
inline constexpr int Named = 3; // with passwords: they log in
inline constexpr int FirstNamed = FirstHoarder + Hoarders;
inline constexpr const char *Password = "correct horse";

// Loopback addresses, counted from the first.
inline constexpr quint32 HostileSources = 2; // a user each from here on: fewer than 250
inline constexpr quint32 CrowdSources = 1000; // who has no session
inline constexpr quint32 WrongSources = 2000; // who has a wrong one, and is throttled

inline quint32 sourceOf(UserId user)
{
    return HostileSources + quint32(user.value() - FirstHostile);
}
inline UserId rabble(Chance &chance)
{
    return UserId(FirstHostile + chance.below(Rabble));
}
inline UserId hoarder(Chance &chance)
{
    return UserId(FirstHoarder + chance.below(Hoarders));
}
inline UserId named(Chance &chance)
{
    return UserId(FirstNamed + chance.below(Named));
}
inline std::string nameOf(UserId user)
{
    return "user" + std::to_string(user.value());
}

// The lines of `parleyd user import` for all of them.
std::string usersFile();

} // namespace parley::siege::crew
