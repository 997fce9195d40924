// SPDX-License-Identifier: MIT
#include "gateway/services/processfigures.h"

#include <QByteArray>
#include <QFile>
#include <QList>

#include <chrono>
#include <ctime>
#include <dirent.h>
#include <memory>
#include <mutex>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::gateway {

using namespace std::chrono_literals;

namespace {

// Empty when it cannot be read.
QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.read(16 << 10) : QByteArray();
}

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double now(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

// Of proc(5)'s stat, from the third field on: the second one, the name, may hold anything.
QList<QByteArray> statFields()
{
    const QByteArray text = contentOf(QStringLiteral("/proc/self/stat"));
    return text.mid(text.lastIndexOf(") ") + 2).split(' ');
}

// It is told since the machine began, and that is reckoned once: later the clock may be set.
double startSeconds(const QList<QByteArray> &fields)
{
    static const double start = now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME)
        + fields.value(19).toDouble() / double(::sysconf(_SC_CLK_TCK));
    return start;
}

qint64 openDescriptors()
{
    static constexpr auto Folder = "/proc/self/fd";
    struct stat status { };
    if (::stat(Folder, &status) == 0 && status.st_size > 0)
        return status.st_size; // kernels from 6.2 on tell their number
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir(Folder), &::closedir);
    qint64 entries = 0;
    while (folder && ::readdir(folder.get()))
        ++entries;
    return entries - 3; // "." and "..", and the one that reads
}

// The least of the limits of its control group and of those around it (version 2).
qint64 memoryLimit()
{
    qint64 limit = qint64(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
    QByteArray group = contentOf(QStringLiteral("/proc/self/cgroup"));
    group = group.startsWith("0::") ? group.mid(3).split('\n').front() : QByteArray();
    while (!group.isEmpty()) {
        bool isNumber = false;
        const qint64 most =
            contentOf(QStringLiteral("/sys/fs/cgroup%1/memory.max").arg(QFile::decodeName(group)))
                .trimmed()
                .toLongLong(&isNumber);
        if (isNumber)
            limit = std::min(limit, most);
        group.truncate(std::max<qsizetype>(group.lastIndexOf('/'), 0));
    }
    return limit;
}

ProcessFigures readFigures()
{
    const QList<QByteArray> fields = statFields();
    ProcessFigures figures;
    figures.cpuSeconds = cpuSeconds();
    figures.startSeconds = startSeconds(fields);
    figures.threads = fields.value(17).toLongLong();
    figures.virtualBytes = fields.value(20).toLongLong();
    figures.residentBytes = fields.value(21).toLongLong() * ::sysconf(_SC_PAGESIZE);
    figures.openDescriptors = openDescriptors();
    rlimit most{};
    if (::getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur != RLIM_INFINITY)
        figures.mostDescriptors = qint64(most.rlim_cur);
    figures.memoryLimitBytes = memoryLimit();
    return figures;
}

} // namespace

ProcessFigures processFigures()
{
    using Clock = std::chrono::steady_clock;
    static std::mutex mutex;
    static ProcessFigures figures;
    static std::optional<Clock::time_point> readAt;
    const std::lock_guard lock(mutex);
    if (!readAt || Clock::now() - *readAt >= 1s) {
        figures = readFigures();
        readAt = Clock::now();
    }
    return figures;
}

} // namespace parley::gateway
