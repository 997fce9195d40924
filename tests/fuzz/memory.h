// SPDX-License-Identifier: MIT
// What a parser holds, where an allocator counts it.
#pragma once

#include <QtGlobal>

#if defined(__SANITIZE_ADDRESS__)
#define PARLEY_COUNTS_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PARLEY_COUNTS_MEMORY 1
#endif
#endif
#ifdef PARLEY_COUNTS_MEMORY
#include <sanitizer/allocator_interface.h>
#endif

namespace parley::fuzz {

class Memory {
public:
    // Bytes that were allocated since, and not freed; 0 where nobody counts.
    qint64 held() const { return now() - m_before; }

private:
    static qint64 now()
    {
#ifdef PARLEY_COUNTS_MEMORY
        return qint64(__sanitizer_get_current_allocated_bytes());
#else
        return 0;
#endif
    }

    qint64 m_before = now();
};

} // namespace parley::fuzz
