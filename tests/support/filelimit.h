// SPDX-License-Identifier: MIT
// A full disk, also for who is root.
#pragma once

#include <QtGlobal>

#include <csignal>
#include <sys/resource.h>

namespace parley::test {

// While it lives, no file of this process can grow beyond this.
class FileLimit {
public:
    explicit FileLimit(qint64 bytes)
    {
        signal(SIGXFSZ, SIG_IGN); // the write fails instead
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{rlim_t(bytes), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileLimit)

private:
    rlimit m_before{};
};

} // namespace parley::test
