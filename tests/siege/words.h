// SPDX-License-Identifier: MIT
// Requests and commands as attackers say them.
#pragma once

#include "core/ids.h"
#include "siege/chance.h"

#include <string>
#include <string_view>

namespace parley::siege::words {

// The request with these header lines (each with its end) behind its own.
std::string withHeaders(std::string request, std::string_view lines);
std::string get(std::string_view path, std::string_view headers = {});
std::string login(std::string_view name, std::string_view password);
std::string logout(std::string_view session);
std::string traceRequest();
inline constexpr const char *AdminToken = "an-admin-token-of-the-siege";

std::string send(UserId receiver, std::size_t bodyBytes, Chance &chance);
std::string fetch(int limit, qint64 after = 0);
// `{"cmd":"CMD","FIELD":[…],"ref":1}` with the numbers first, first + step, …
std::string list(std::string_view cmd, std::string_view field, int count, qint64 first, int step);
std::string becomeLive(); // FETCHes what is behind the last seq: nothing, and no more
std::string track(Chance &chance);

} // namespace parley::siege::words
