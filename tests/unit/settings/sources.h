// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/sources.h"

namespace parley::test {

// Why these make no configuration; empty when they make one.
inline QString failureOf(const app::Sources &sources)
{
    const auto configuration = app::configure(sources);
    return configuration ? QString() : configuration.failure().text;
}

} // namespace parley::test
