// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/diagram.h"
#include "frames/framelog.h"

namespace parley::ui {

// What is said of an arrow: when, from whom to whom, what, and the frame's payload. Plain text,
// whatever the frame holds.
QString detailsOf(const diagram::Arrow &, const diagram::Diagram &, const frames::FrameLog &);

} // namespace parley::ui
