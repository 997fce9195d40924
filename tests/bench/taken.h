// SPDX-License-Identifier: MIT
#pragma once

namespace parley::bench {

// What came of taking one frame or packet off the front of some bytes.
enum class Taken { Whole, Incomplete, Malformed };

} // namespace parley::bench
