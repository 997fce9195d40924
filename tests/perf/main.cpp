// SPDX-License-Identifier: MIT
// parley-perf WORK: does the work once, under callgrind (see instructions.py), and tells how many
// messages it was for.
#include "perf/works.h"

#include <QCoreApplication>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <map>
#include <string_view>

namespace parley::perf {

Counting::Counting()
{
    CALLGRIND_START_INSTRUMENTATION;
}

Counting::~Counting()
{
    CALLGRIND_STOP_INSTRUMENTATION;
}

void demand(bool isSo, const char *what)
{
    if (!isSo)
        qFatal("not so: %s", what);
}

} // namespace parley::perf

int main(int argc, char **argv)
{
    using namespace parley::perf;
    static const std::map<std::string_view, qint64 (*)()> Works{{"decode", decode},
        {"encode", encode}, {"store", store}, {"route", route}, {"path", path}, {"wire", wire}};

    const QCoreApplication application(argc, argv);
    const auto work = Works.find(argc == 2 ? argv[1] : "");
    if (work == Works.end()) {
        std::fputs("usage: parley-perf decode | encode | store | route | path | wire\n", stderr);
        return 2;
    }
    std::printf("%lld\n", work->second());
    return 0;
}
