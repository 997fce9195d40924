// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace parley::app {

// hash() of each password, in their order, on so many threads at once. progress(how many are done)
// is called ten times at most, by one thread at a time, the last time with all. An empty password
// has an empty hash.
std::vector<QByteArray> hashAll(const std::vector<QByteArray> &passwords, int threads,
    const std::function<QByteArray(const QByteArray &)> &hash,
    const std::function<void(size_t)> &progress);

} // namespace parley::app
