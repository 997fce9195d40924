// SPDX-License-Identifier: MIT
#pragma once

#include "audit/auditor.h"
#include "play/players.h"
#include "scenario/run/target.h"

namespace parley::scenario {

// The auditor of these players, whose log it follows already, as a scenario asks it. Both must
// outlive the runner.
FinalCheck finalCheckOf(audit::Auditor &, play::Players &);

} // namespace parley::scenario
