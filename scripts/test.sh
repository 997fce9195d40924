#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds everything and runs all tests, those of performance with optimised code. One of them is a
# siege of a minute; scripts/siege.sh runs longer ones.
#
#   --quick               only the plain build (the default for now)
#   --fresh               builds so that it is soonest done where nothing is built yet, and not so
#                         that a change is soon built (PARLEY_FRESH)
#   --sanitizers          then also with the address, undefined-behaviour and thread sanitizers
#   --skip-sanitized RE   leaves out the tests with such a label there (default: bench|tidy, which
#                         measure time or check the sources)
set -eu
cd "$(dirname "$0")/.."

presets=dev
fresh=OFF
skip_sanitized='bench|tidy'
while [ $# -gt 0 ]; do
    case "$1" in
    --quick) presets=dev ;;
    --fresh) fresh=ON ;;
    --sanitizers) presets="dev asan tsan" ;;
    --skip-sanitized)
        skip_sanitized="${2:?--skip-sanitized wants a regular expression}"
        shift
        ;;
    *)
        echo "usage: $0 [--quick | --sanitizers] [--fresh] [--skip-sanitized RE]" >&2
        exit 2
        ;;
    esac
    shift
done

. scripts/install.sh
install_for_building
install_for_testing

# No secret is ever logged: what all servers of all tests printed is searched for sessions, password
# hashes, and the key and the password that the tests use. It must be what was printed.
no_secret_in() {
    grep -q 'event=failed_login address=' "$1" || {
        echo "$1 is not what the tests printed" >&2
        return 1
    }
    session='p1_[A-Za-z0-9_-]{43}|session=[0-9a-f]{32}'
    ! grep -anE "$session"'|[$]argon2id[$]|hunter2|: test-key' "$1" >&2
}

for preset in $presets; do
    echo "== $preset" >&2
    cmake --preset "$preset" -DPARLEY_FRESH="$fresh"
    cmake --build --preset "$preset"
    if [ "$preset" = dev ]; then
        ctest --preset dev
        no_secret_in build/dev/Testing/Temporary/LastTest.log
        # What counts instructions wants optimised code.
        cmake --preset release
        cmake --build --preset release --target parley-perf
        ctest --preset release --label-regex '^perf$'
        # What looks for inputs that break a promise wants another compiler: 20 s for each parser.
        cmake --preset fuzz
        cmake --build --preset fuzz
        ctest --preset fuzz
    else
        ctest --preset "$preset" --label-exclude "^($skip_sanitized)\$"
    fi
done
