// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <functional>
#include <optional>

namespace parley::client {

// How long to wait before the next attempt to connect: exponential, with jitter, so that clients
// that were cut off together do not come back together.
class Backoff {
public:
    struct Settings {
        milliseconds first{500};
        milliseconds most{30'000};
        milliseconds stableAfter{10'000}; // a connection that lasted so long begins anew with first
    };
    using Chance = std::function<double()>; // uniform in [0, 1)

    Backoff(Settings, Chance);

    void connected(Instant now);
    // The connection or the attempt ended. Never less than `atLeast`, the server's wish, of which
    // at most MostWished is believed.
    milliseconds ended(Instant now, milliseconds atLeast = {});

    static constexpr milliseconds MostWished = std::chrono::minutes(10);

private:
    const Settings m_settings;
    const Chance m_chance;
    std::optional<Instant> m_since;
    milliseconds m_next;
};

} // namespace parley::client
