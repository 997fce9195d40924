// SPDX-License-Identifier: MIT
// What came of a scenario.
#pragma once

#include "core/clock.h"

#include <QString>

#include <vector>

namespace parley::scenario {

// Of a step, or of a final check.
struct Outcome {
    bool passed = true;
    QString text = {}; // expected and seen, in words; empty: nothing to say
    qint64 frame = 0; // that shows it; 0: none
};

struct StepResult {
    enum class Status { NotRun, Passed, Failed };
    Status status = Status::NotRun;
    Outcome outcome = {};
    qint64 startedAtUs = 0; // since 1970 UTC
    qint64 tookUs = 0;
};

struct Verdict {
    enum class Status { Passed, Failed, Stopped, Skipped };
    Status status = Status::Passed;
    std::vector<StepResult> steps; // one for each of the scenario's
    QString failure; // "FILE:LINE: words"; of a scenario that did not begin, without a line
    QString audit; // what the final checks say; empty: there were none
    bool auditPassed = true;
    qint64 startedAtUs = 0;
    qint64 tookUs = 0;

    bool passed() const { return status == Status::Passed; }
    // The index of the step that failed; -1: none did.
    int failedStep() const
    {
        for (size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].status == StepResult::Status::Failed)
                return int(i);
        }
        return -1;
    }
};

} // namespace parley::scenario
