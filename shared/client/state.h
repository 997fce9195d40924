// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace parley::client {
Q_NAMESPACE

enum class State {
    Offline, // as wanted
    LoggingIn, // POST /login is under way
    Connecting, // until HELLO
    Online,
    Closing, // the Close frame is on its way
    Waiting, // the connection was lost or not had; comes back by itself
    Refused, // does not come back unchanged: somebody must do something
};
Q_ENUM_NS(State)

} // namespace parley::client
