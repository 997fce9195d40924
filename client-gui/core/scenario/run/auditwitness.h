// SPDX-License-Identifier: MIT
#pragma once

#include "audit/auditor.h"
#include "play/stage.h"
#include "scenario/run/venue.h"

namespace parley::scenario {

// The auditor of a stage, whose log it follows already, as a scenario asks it. Both must outlive
// the runner.
Witness witnessOf(audit::Auditor &, play::Stage &);

} // namespace parley::scenario
