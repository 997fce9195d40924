#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the server on this machine, beside mosquitto, and prints a Markdown table: each work's
# rate and CPU time, the other's, the target, and whether it was reached. Lines and table are left
# in build/bench/ (lines.jsonl, table.md).
#
#   scripts/bench.sh            everything, about half an hour
#   scripts/bench.sh A B        only these works:
#     A   500 pairs of users, one message outstanding each
#     B   50 pairs, 16 outstanding each
#     C   10 pairs beside 0, 2000, 8000 and 15000 idle connections
#     D   100 x 1000 messages stored for users who are away, and then drained
#     E   memory and heartbeats of 8000 idle connections
#     F   5000 logins, 200 at a time
#     U   B with 1, 10 000 and 1 000 000 unread messages of others in the table
#     PG  B on PostgreSQL (needs root, for the server that it starts runs as user postgres)
#
# From the environment:
#   PEERBENCH   folder of the comparison driver (CMakeLists.txt, peers.sh), which is no part of this
#               project; without it, there are only our own figures, by parley-bench
#   REPS, SECS  each figure is the median of REPS (3) runs of SECS (10) seconds
#   DIR         a folder on the disk to measure (default: build/bench)
#   PARLEYD     the server (default: the release build's, which is built first)
#   PORT        the first of four free ports (22883)
#
# What is compared runs in turn, for a machine's speed changes from minute to minute. So does the
# time of an fdatasync, to which C refers: it is measured just before and after. Leave the machine
# alone meanwhile.
set -eu
cd "$(dirname "$0")/.."

mkdir -p build/bench
if [ "$(stat --file-system --format=%T "${DIR:-build/bench}")" = tmpfs ]; then
    echo "${DIR:-build/bench} is no disk: set DIR" >&2
    exit 2
fi

. scripts/install.sh
install_for_building
install_for_testing
cmake --preset release >&2
cmake --build --preset release --target parley-bench >&2
[ -n "${PARLEYD:-}" ] || cmake --build --preset release --target parleyd >&2

if [ -n "${PEERBENCH:-}" ]; then
    # Debian starts a broker with its package; ours are started and ended one by one.
    is_installed mosquitto || {
        install_missing mosquitto
        as_root service mosquitto stop || true
        as_root update-rc.d mosquitto disable || true
    }
    install_missing libssl-dev
    cmake -S "$PEERBENCH" -B build/peerbench -DCMAKE_BUILD_TYPE=Release >&2
    cmake --build build/peerbench >&2
else
    echo "No PEERBENCH: only our own figures." >&2
fi

# It ends what it started also when it is interrupted.
exec /usr/bin/python3 -B tests/bench/compare.py "$@"
