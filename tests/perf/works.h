// SPDX-License-Identifier: MIT
// Fixed pieces of the hot path's work: each does the same, to the last byte, whenever it runs. What
// surrounds it, and the check that it was done at all, is not counted.
#pragma once

#include <QByteArray>

namespace parley::perf {

// While one is there, callgrind counts the instructions of all threads.
class Counting {
public:
    Counting();
    ~Counting();
    Counting(const Counting &) = delete;
    Counting &operator=(const Counting &) = delete;
};

// A body and a clientId of the usual size.
inline QByteArray body()
{
    return QByteArray(200, 'x');
}
inline QByteArray clientId(qint64 number)
{
    return QByteArray::number(number).rightJustified(16, '0');
}

// Ends the program unless it is so: what did not work must not count as fast.
void demand(bool, const char *what);

// Each returns how many messages its work was for.
qint64 decode(); // SEND and CONFIRM: bytes from the network to commands
qint64 encode(); // MESSAGE and SENT
qint64 store(); // stored and confirmed through SqlStore on SQLite, in batches of 100
qint64 route(); // committed batches through Router and Connection to their outlets
qint64 path(); // through a whole server on SQLite, one after another
qint64 wire(); // the same without SQLite, which would hide what sockets and threads cost

} // namespace parley::perf
