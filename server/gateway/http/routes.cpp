// SPDX-License-Identifier: MIT
#include "gateway/http/routes.h"

#include <algorithm>
#include <iterator>

namespace parley::http {
namespace {

constexpr QByteArrayView Get = "GET, HEAD, OPTIONS";
constexpr QByteArrayView Post = "POST, OPTIONS";

constexpr Route Routes[]{
    {"/chat/private", "GET", Get, chat},
    {"/login", "POST", Post, login},
    {"/logout", "POST", Post, logout},
    {"/healthz", "GET", Get, health, true},
    {"/readyz", "GET", Get, ready, true},
    {"/metrics", "GET", Get, metrics, true},
    {"/trace", "GET", Get, trace},
};

} // namespace

const Route *findRoute(QByteArrayView path)
{
    const auto found = std::ranges::find(Routes, path, &Route::path);
    return found == std::end(Routes) ? nullptr : found;
}

} // namespace parley::http
