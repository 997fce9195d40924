// SPDX-License-Identifier: MIT
// What a load run is to do, and what it tells.
#pragma once

#include "client/identity.h"

#include <QString>
#include <QUrl>

namespace parley::load {

// Two users for each pair: first, first + 1 are one, first + 2, first + 3 the next; all exist.
struct ManyUsers {
    QByteArray secretKey; // the server's; mints their time sessions
    UserId first{1};
};
// All pairs are connections of these two; they take turns in who sends.
struct TwoUsers {
    client::Identity one;
    client::Identity other;
};

struct Plan {
    // A server admits no more connections of one user (limits.connections_per_user).
    static constexpr int MostPairsOfTwo = 10;
    static constexpr int MostPairs = 10'000;
    static constexpr int MostWindow = 256;
    static constexpr int MostBodyBytes = 32'768;

    QUrl server;
    std::variant<ManyUsers, TwoUsers> users;
    int pairs = 10;
    int window = 1; // messages of one pair that were sent and not yet received
    int bodyBytes = 200; // at least what it takes to tell messages apart, about 50
    std::chrono::seconds duration{10}; // from the first message; 0: until it is stopped
};

// What is wrong with it, in words; empty: nothing.
QString whyNot(const Plan &);

struct Latency { // µs, from send() to messageReceived()
    qint64 p50 = 0;
    qint64 p95 = 0;
    qint64 p99 = 0;
    qint64 max = 0;
};

// About one interval, a quarter of a second.
struct Sample {
    double elapsed = 0; // seconds, since the first message
    double sent = 0; // per second: stored, as SENT tells
    double delivered = 0; // per second
    double confirmed = 0; // per second
    Latency latency;
    int connected = 0; // of 2 · pairs
    int connections = 0; // 2 · pairs
    qint64 messages = 0; // delivered since the begin
    qint64 errors = 0; // since the begin
    QString lastError; // in words
};

// About the whole run. The server kept its word when missing, doubled and disordered are 0.
struct Summary {
    double elapsed = 0;
    qint64 sent = 0;
    qint64 delivered = 0;
    qint64 confirmed = 0;
    Latency latency;
    qint64 missing = 0; // accepted, and not received within DrainTime after the last was sent
    qint64 doubled = 0;
    qint64 disordered = 0;
    qint64 errors = 0;
    QString lastError;
    QString failure; // why nothing was run at all

    bool isClean() const { return missing == 0 && doubled == 0 && disordered == 0; }
};

} // namespace parley::load
