// SPDX-License-Identifier: MIT
#include "app/hashall.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace parley::app {

std::vector<QByteArray> hashAll(const std::vector<QByteArray> &passwords, int threads,
    const std::function<QByteArray(const QByteArray &)> &hash,
    const std::function<void(size_t)> &progress)
{
    constexpr size_t Parts = 10;
    std::vector<QByteArray> hashes(passwords.size());
    const size_t all = passwords.size() - size_t(std::ranges::count(passwords, QByteArray()));
    std::atomic<size_t> next = 0;
    std::mutex mutex;
    size_t hashed = 0;
    const auto work = [&] {
        for (size_t i = next++; i < passwords.size(); i = next++) {
            if (passwords[i].isEmpty())
                continue;
            hashes[i] = hash(passwords[i]);
            const std::lock_guard lock(mutex);
            ++hashed;
            if (hashed * Parts / all != (hashed - 1) * Parts / all)
                progress(hashed);
        }
    };
    std::vector<std::jthread> pool;
    for (size_t i = 0; i < std::min(size_t(threads), all); ++i)
        pool.emplace_back(work);
    pool.clear(); // waits for all
    return hashes;
}

} // namespace parley::app
