// SPDX-License-Identifier: MIT
#include "core/log.h"

namespace parley {

Q_LOGGING_CATEGORY(lcApp, "parley.app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcGateway, "parley.gateway", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSession, "parley.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcChat, "parley.chat", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStorage, "parley.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(lcClient, "parley.client", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSecurity, "parley.security", QtInfoMsg)

} // namespace parley
