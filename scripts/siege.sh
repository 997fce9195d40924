#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the server and attacks it: thousands of connections that vanish, ask for too much, read
# nothing or send invalid data, while users talk to each other and must notice nothing. Exit status
# 0: no findings. A finding is printed with what was under way; the seed repeats the random choices.
#
#   --seed S          all random choices come from it (default: a random one, which is printed)
#   --minutes M       how long (default: 10)
#   --preset PRESET   release (the default), asan, tsan or dev
set -eu
cd "$(dirname "$0")/.."

preset=release
seed=
minutes=10
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || set -- --help ''
    case "$1" in
    --seed) seed=$2 ;;
    --minutes) minutes=$2 ;;
    --preset) preset=$2 ;;
    *)
        echo "usage: $0 [--seed S] [--minutes M] [--preset release|asan|tsan|dev]" >&2
        exit 2
        ;;
    esac
    shift 2
done

. scripts/install.sh
install_for_building
install_for_testing
cmake --preset "$preset" >&2
cmake --build --preset "$preset" --target parleyd parley-siege >&2

if [ "$preset" = tsan ]; then
    suppressions="suppressions=$PWD/tests/tsan.supp"
    export TSAN_OPTIONS="ignore_noninstrumented_modules=1 die_after_fork=0 $suppressions"
fi
exec "build/$preset/bin/parley-siege" --minutes "$minutes" ${seed:+--seed "$seed"}
