#!/bin/sh
# SPDX-License-Identifier: MIT
# Looks for inputs that break a promise of a parser, for longer than test.sh does. It continues
# where the last run stopped.
#
#   [TARGET...]    of tests/fuzz, such as `frames`; all of them, two at a time, when none is named
#   --minutes M    for each (default: 60)
#   --merge        then adds to tests/fuzz/corpus the smallest set of inputs with the same coverage
#
# An input that breaks a promise is in build/fuzz/fuzz/findings; exit status 1.
set -eu
cd "$(dirname "$0")/.."

usage() {
    echo "usage: $0 [TARGET...] [--minutes M] [--merge]" >&2
    exit 2
}

targets=
minutes=60
merge=
while [ $# -gt 0 ]; do
    case "$1" in
    --minutes)
        [ $# -gt 1 ] || usage
        minutes=$2
        shift
        ;;
    --merge) merge=yes ;;
    -*) usage ;;
    *) targets="$targets $1" ;;
    esac
    shift
done
case "$minutes" in '' | *[!0-9]*) usage ;; esac

. scripts/install.sh
install_for_building
install_for_testing
cmake --preset fuzz
cmake --build --preset fuzz

build=build/fuzz
[ -n "$targets" ] || targets=$(cd "$build/tests" && printf '%s\n' fuzz_* | sed 's/^fuzz_//')
for target in $targets; do
    [ -x "$build/tests/fuzz_$target" ] || {
        echo "There is no target $target." >&2
        exit 2
    }
    mkdir -p "$build/fuzz/found/$target"
done
/usr/bin/python3 -B tests/fuzz/seeds.py "$build/fuzz/seeds"

# New inputs go into the first folder. Each target has its log.
run_one() {
    echo "== $1: $minutes minutes, log in $build/fuzz/$1.log" >&2
    "$build/tests/fuzz_$1" -max_total_time=$((minutes * 60)) -timeout=10 \
        -dict=tests/fuzz/words.dict -artifact_prefix="$build/fuzz/findings/$1-" \
        "$build/fuzz/found/$1" "$build/fuzz/seeds/$1" > "$build/fuzz/$1.log" 2>&1 || {
        echo "== $1: a finding; see $build/fuzz/$1.log" >&2
        return 1
    }
}

# In pairs, for all of a pair take the same time.
failed=
wait_for() {
    for pid in "$@"; do
        wait "$pid" || failed=yes
    done
}
pids=
for target in $targets; do
    run_one "$target" &
    if [ -n "$pids" ]; then
        wait_for "$pids" $!
        pids=
    else
        pids=$!
    fi
done
[ -z "$pids" ] || wait_for "$pids"

# What is reached is counted once, however often; and the made seeds need not stand in the tree.
add_to_corpus() {
    corpus=tests/fuzz/corpus/$1
    seeds=$build/fuzz/seeds/$1
    mkdir -p "$corpus"
    "$build/tests/fuzz_$1" -merge=1 -use_counters=0 "$seeds" "$build/fuzz/found/$1" 2>&1 | tail -n 1
    for file in "$seeds"/*; do
        case "${file##*/}" in
        made-*) ;;
        *) [ -e "$corpus/${file##*/}" ] || cp "$file" "$corpus" ;;
        esac
    done
}

if [ -n "$merge" ]; then
    for target in $targets; do
        add_to_corpus "$target"
    done
fi
[ -z "$failed" ]
