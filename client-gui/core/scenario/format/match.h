// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>

namespace parley::scenario {

// How `seen` differs from what is expected, in words; empty: it does not. What is expected of an
// object are the members that it names: null means that there is none, "*" that there is some,
// {atLeast: n, atMost: n} a number between them. Arrays are of one length.
QString difference(const QJsonObject &expected, const QJsonObject &seen);

} // namespace parley::scenario
