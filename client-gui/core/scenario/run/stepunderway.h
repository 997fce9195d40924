// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "scenario/run/steptext.h"
#include "scenario/run/verdict.h"

#include <functional>
#include <optional>

namespace parley::scenario {

// A step that has begun.
struct StepUnderWay {
    // Asked whenever something happened; nullopt: not yet. Null: it is done already.
    std::function<std::optional<Outcome>()> look;
    // Time is up.
    std::function<Outcome()> late = {};
    milliseconds poll = {}; // asked at this interval, too; 0: not
    milliseconds more = {}; // that it takes beside what it may wait

    static StepUnderWay done(const Outcome &outcome = {})
    {
        return {[outcome] { return std::optional(outcome); }};
    }
    static StepUnderWay failed(const QString &text, qint64 frame = 0)
    {
        return done({false, text, frame});
    }
    static StepUnderWay notConnected(const QString &client)
    {
        return failed(StepText::tr("%1 is not connected").arg(client));
    }
};

} // namespace parley::scenario
