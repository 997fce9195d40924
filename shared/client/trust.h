// SPDX-License-Identifier: MIT
// Which servers are believed to be who they say, over wss.
#pragma once

#include "core/result.h"

#include <QString>

namespace parley::client {

// The certificates in this PEM file vouch for servers, beside those that the system trusts: for all
// connections that this process begins from now on. A Failure names the file and changes nothing.
Done trust(const QString &file);

} // namespace parley::client
