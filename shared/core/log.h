// SPDX-License-Identifier: MIT
// All log categories, one per layer, and one for what crosses them. Logs hold ids, sizes, codes and
// durations; never a body, a password or a session.
#pragma once

#include <QLoggingCategory>

namespace parley {

Q_DECLARE_LOGGING_CATEGORY(lcApp)
Q_DECLARE_LOGGING_CATEGORY(lcGateway)
Q_DECLARE_LOGGING_CATEGORY(lcSession)
Q_DECLARE_LOGGING_CATEGORY(lcChat)
Q_DECLARE_LOGGING_CATEGORY(lcStorage)
Q_DECLARE_LOGGING_CATEGORY(lcClient)
// Each line is an event with a stable name, and says who did it: for programs that watch the log.
Q_DECLARE_LOGGING_CATEGORY(lcSecurity)

} // namespace parley
