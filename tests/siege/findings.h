// SPDX-License-Identifier: MIT
#pragma once

#include "bench/moment.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <sys/types.h>

namespace parley::siege {

// What was not as it ought to be. Each is printed at once, with what was under way; from any
// thread.
class Findings {
public:
    using UnderWay = std::function<std::vector<std::string>()>;
    // `underWay` is asked, in the finding's thread, for the attacks of that moment.
    void watch(UnderWay underWay);
    // While this process is no more, nothing is added: all that follows from its death says
    // nothing. 0: no process.
    void attend(pid_t server);

    // `kind` in a few words, the same for all of its kind: of the tenth and later only the number
    // is kept.
    void add(const std::string &kind, const std::string &what = {});
    // That process died, which is told whatever is not any more.
    void died(const std::string &how);
    std::map<std::string, int> counts() const;
    bool empty() const { return counts().empty(); }

private:
    void tell(const std::string &kind, const std::string &what);

    mutable std::mutex m_mutex;
    UnderWay m_underWay;
    pid_t m_server = 0;
    std::map<std::string, int> m_counts; // by kind
    const bench::Moment m_start = bench::Ticks::now();
};

} // namespace parley::siege
