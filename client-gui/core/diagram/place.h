// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/arrow.h"

namespace parley::diagram {

class Diagram;

// Only so many of the newest arrows are looked at for what stands before or after what.
inline constexpr qsizetype MostLookedAt = 512;

// The index that a new arrow gets. What the server tells comes later than the frames, by another
// clock perhaps: so it goes where its time wants it as long as that is no longer ago than the sort
// window, but never before its cause (INSERT before SEND) nor after its effect (INSERT after SENT
// or MESSAGE).
qsizetype placeOf(const Diagram &, const Arrow &);

} // namespace parley::diagram
