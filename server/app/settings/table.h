// SPDX-License-Identifier: MIT
// The one table of all settings.
#pragma once

#include "app/settings/setting.h"

#include <span>

namespace parley::app {

std::span<const Setting> settingsTable();
const Setting *findSetting(QByteArrayView key);

} // namespace parley::app
