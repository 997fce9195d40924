// SPDX-License-Identifier: MIT
// What was built with a sanitizer, and what that costs.
#pragma once

namespace parley::test {

// memoryFactor: memory costs so many times what it does otherwise. sanitizerName: empty, none.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr int memoryFactor = 4;
inline constexpr const char *sanitizerName = "address";
#elif defined(__SANITIZE_THREAD__)
inline constexpr int memoryFactor = 8;
inline constexpr const char *sanitizerName = "thread";
#else
inline constexpr int memoryFactor = 1;
inline constexpr const char *sanitizerName = "";
#endif

} // namespace parley::test
