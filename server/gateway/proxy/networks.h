// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <utility>
#include <vector>

namespace parley::proxy {

using Networks = std::vector<std::pair<QHostAddress, int>>; // each with the length of its prefix

// An IPv4 address also of ::ffff:a.b.c.d, which is how a socket for both families has it.
QHostAddress plainAddress(const QHostAddress &);
// Of its usual text form, without a scope; null: it is none. Qt takes the short forms of IPv4, too.
QHostAddress addressOf(const QByteArray &text);
// The address is a plain one.
bool isIn(const Networks &, const QHostAddress &);

} // namespace parley::proxy
