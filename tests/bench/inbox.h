// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace parley::bench {

// Keeps the beginning of what is not all there.
class Inbox {
public:
    // `take(std::string_view &)` removes what is whole from the front of everything that is there.
    // It may clear this inbox, too.
    template <class Take> void add(std::string_view bytes, Take take)
    {
        if (m_rest.empty()) {
            take(bytes);
            m_rest.assign(bytes);
            return;
        }
        m_rest.append(bytes);
        // Moved out, for what is taken may end the connection, and with it what is kept.
        std::string whole = std::move(m_rest);
        bytes = whole;
        take(bytes);
        if (bytes.size() == whole.size())
            m_rest = std::move(whole);
        else
            m_rest.assign(bytes);
    }
    void clear() { m_rest = std::string(); } // given back

private:
    std::string m_rest;
};

} // namespace parley::bench
