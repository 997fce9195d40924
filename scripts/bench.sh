#!/bin/sh
# SPDX-License-Identifier: MIT
# Measures the server on this machine, and MQTT brokers that do the same work, and prints a Markdown
# table: the rate and CPU time of each work, those of the brokers, the target, and whether it was
# reached. Lines and table are kept in build/bench/ (lines.jsonl, table.md). Servers are started
# anew for each run, on loopback and in a folder of their own. parley-bench loads all of them with
# 200-byte bodies, each message confirmed, and counts what was lost, duplicated or misdirected. The
# script fails if anything was, or if a server ended during a run.
#
#   scripts/bench.sh            everything, about half an hour
#   scripts/bench.sh A B        only these works:
#     A   500 pairs of users, one message outstanding each
#     B   50 pairs, 16 outstanding each
#     C   10 pairs, with 0, 2000, 8000 and 15000 idle connections open
#     D   100 x 1000 messages stored for users who are away, and then drained
#     E   memory and heartbeats of 8000 idle connections
#     F   5000 logins, 200 at a time
#     U   B with 1, 10 000 and 1 000 000 unread messages of other users in the table
#     T   A and B with and without TLS, and the CPU of TLS handshakes, ours and nginx's
#     PG  B on PostgreSQL (needs root, because the server that it starts runs as user postgres)
#
# Brokers do A to F, too: MQTT 3.1.1, QoS 1 both ways, persistent sessions. There a message counts
# when its sender has a PUBACK and its receiver has sent one. Clients of a broker ping only in E;
# ours send the heartbeats of the protocol in every work.
#
# From the environment:
#   BROKERS     mosquitto (the default), rabbitmq, or both in quotes; with BROKERS= there are only
#               our own figures. Missing ones are installed from Debian, and are not left running.
#   REPS, SECS  each figure is the median of REPS (3) runs of SECS (10) seconds
#   DIR         a folder on the disk to measure (default: build/bench)
#   PARLEYD     the server (default: the release build's, which is built first)
#   PORT        the first of three free ports (22883)
#
# Servers that are compared run in turn, because the speed of a machine changes from minute to
# minute. So does the time of an fdatasync, with which C is compared: it is measured just before and
# after. Do not use the machine for anything else meanwhile.
set -eu
cd "$(dirname "$0")/.."

mkdir -p build/bench
if [ "$(stat --file-system --format=%T "${DIR:-build/bench}")" = tmpfs ]; then
    echo "${DIR:-build/bench} is not on a disk: set DIR" >&2
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
