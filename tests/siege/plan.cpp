// SPDX-License-Identifier: MIT
#include "siege/round.h"

#include <algorithm>
#include <cmath>

namespace parley::siege {

namespace {

using std::chrono::duration_cast;

constexpr double CycleMinutes = 5;
constexpr double ShortMinutes = 2; // up to here waiting is scaled down
constexpr int FewDescriptors = 256;
constexpr int NarrowPart = 4; // one part of so many of a cycle
constexpr milliseconds Away = 8s;
constexpr milliseconds Between = 4s;

Round openRound(milliseconds length, bool isShort, Chance &chance)
{
    Round round;
    round.name = "open";
    round.length = length;
    round.footing.isErrorUnread = isShort || chance.oneIn(2);
    milliseconds stop = 18s; // longer than a client may be silent
    if (isShort) {
        round.footing.heartbeatIntervalMs = 1500;
        round.footing.heartbeatTimeoutMs = 6000;
        stop = 8s;
    }
    // Each takes its turn at a moment of chance, a pair of them in a minute and a half.
    const int pairs = std::max(1, int(length / 90s));
    const milliseconds share = length / pairs;
    for (int i = 0; i < pairs; ++i) {
        using Kind = Disturbance::Kind;
        const bool stopFirst = chance.oneIn(2);
        const milliseconds slack = std::max(0ms, share - stop - Away - 3 * Between);
        const milliseconds first =
            share * i + Between + milliseconds(chance.below(int(slack.count() / 2) + 1));
        const milliseconds firstLength = stopFirst ? stop : Away;
        const milliseconds second =
            first + firstLength + Between + milliseconds(chance.below(int(slack.count() / 2) + 1));
        round.disturbances.push_back(
            {stopFirst ? Kind::Stop : Kind::DatabaseAway, first, firstLength});
        round.disturbances.push_back(
            {stopFirst ? Kind::DatabaseAway : Kind::Stop, second, stopFirst ? Away : stop});
    }
    return round;
}

Round narrowRound(milliseconds length, bool isShort)
{
    Round round;
    round.name = "narrow";
    round.isNarrow = true;
    round.length = length;
    round.footing.descriptors = FewDescriptors;
    if (isShort) {
        round.footing.heartbeatIntervalMs = 1500;
        round.footing.heartbeatTimeoutMs = 6000;
    }
    return round;
}

} // namespace

std::vector<Round> plan(double minutes, Chance &chance)
{
    const int cycles = std::max(1, int(std::lround(minutes / CycleMinutes)));
    const auto cycle = milliseconds(qint64(minutes * 60'000 / cycles));
    const bool isShort = minutes <= ShortMinutes;
    std::vector<Round> rounds;
    for (int i = 0; i < cycles; ++i) {
        rounds.push_back(openRound(cycle - cycle / NarrowPart, isShort, chance));
        rounds.push_back(narrowRound(cycle / NarrowPart, isShort));
        // One of the two over TLS, in the next cycle the other.
        Round &secure = rounds[rounds.size() - (i % 2 == 0 ? 1 : 2)];
        secure.name += ", TLS";
        secure.footing.isTls = true;
    }
    return rounds;
}

} // namespace parley::siege
