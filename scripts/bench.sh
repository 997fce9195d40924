#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the server on this machine, beside MQTT brokers that do the same work, and prints a
# Markdown table: each work's rate and CPU time, theirs, the target, and whether it was reached.
# Lines and table are left in build/bench/ (lines.jsonl, table.md). Servers are started afresh for
# each run, on loopback and in a folder of their own, and parley-bench is the load of all of them:
# 200-byte bodies, each message confirmed, and what was lost, doubled or misdirected is counted. It
# fails when anything was, or when a server ended amid a run.
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
# A to F are a broker's works, too: MQTT 3.1.1, QoS 1 both ways, persistent sessions. There a
# message is through when its sender has PUBACK, and its receiver has written one. Clients of a
# broker ping in E only; ours send the heartbeats of the protocol in every work.
#
# From the environment:
#   BROKERS     mosquitto (the default), rabbitmq, or both in quotes; with BROKERS= there are only
#               our own figures. What is missing is installed from Debian, and is not left running.
#   REPS, SECS  each figure is the median of REPS (3) runs of SECS (10) seconds
#   DIR         a folder on the disk to measure (default: build/bench)
#   PARLEYD     the server (default: the release build's, which is built first)
#   PORT        the first of three free ports (22883)
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

# Debian starts a broker with its package; ours are started and ended one by one.
for broker in ${BROKERS-mosquitto}; do
    case $broker in
        mosquitto) package=mosquitto ;;
        rabbitmq) package=rabbitmq-server ;;
        *) continue ;; # compare.py says so
    esac
    is_installed "$package" || {
        install_missing "$package"
        as_root service "$package" stop >&2 || true
        as_root update-rc.d "$package" disable >&2 || true
    }
done

# It ends what it started also when it is interrupted.
exec /usr/bin/python3 -B tests/bench/compare.py "$@"
