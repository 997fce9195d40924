// SPDX-License-Identifier: MIT
#include "siege/bound.h"

#include "support/sanitizer.h"

#include <algorithm>

namespace parley::siege {

namespace {

constexpr qint64 MiB = 1 << 20;
constexpr qint64 PasswordCheck = 64 * MiB; // Argon2id, interactive
constexpr qint64 StoreBytes = 64 * MiB; // SQLite's caches, a batch and its answers
constexpr qint64 SocketBytes = 32 << 10; // Qt's and our objects and buffers of a connection
constexpr qint64 TlsBytes = 64 << 10; // OpenSSL's, in the handshake and while records are under way
// What one connection may make the server hold: commands in work, and answers not read.
constexpr qint64 ConnectionBytes = limits::MaxWaitingBytes;
// An allocator gives back late, and in pieces.
constexpr qint64 AllocatorPercent = 125;

} // namespace

Load loadOf(const std::vector<const Attack *> &attacks, int pairConnections)
{
    Load load;
    for (const Attack *attack : attacks) {
        int &count = attack->cost == Cost::Connection ? load.connections
            : attack->cost == Cost::Frame             ? load.frames
                                                      : load.requests;
        count += attack->atOnce * attack->connections;
    }
    load.frames += pairConnections; // they read what they ask for
    return load;
}

qint64 memoryBound(const Load &load)
{
    const qint64 all = load.connections + load.frames + load.requests;
    // A connection has its bound, and so have all of them together.
    const qint64 held =
        std::min(load.connections * ConnectionBytes, limits::WorkBytes + limits::BufferBytes);
    const qint64 connections = held + load.frames * Limits().frameBytes
        + all
            * ((load.isTls ? TlsBytes : 0) + SocketBytes + limits::HttpHeadBytes
                + limits::HttpBodyBytes);
    const qint64 shared = load.gateways * PasswordCheck + StoreBytes;
    return test::memoryFactor
        * (load.programBytes + (connections + shared) * AllocatorPercent / 100);
}

} // namespace parley::siege
