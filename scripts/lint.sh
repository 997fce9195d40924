#!/bin/sh
# SPDX-License-Identifier: MIT
# What clang-tidy has to say of the sources, by the list in .clang-tidy.
#
#   ./scripts/lint.sh            all of them
#   ./scripts/lint.sh RE...      those whose path matches
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
install_for_building
install_for_testing

# Whole layers at once, because reading headers is most of the work; and what moc makes, which is
# all that is built.
cmake --preset lint > /dev/null
ninja -C build/lint -t targets all |
    sed -En 's/^(.*\.moc|.*_autogen\/mocs_compilation\.cpp): .*/\1/p' |
    xargs ninja -C build/lint -t commands -s | sh -e
rooms='shared|server|client-gui|tests|docs|build/lint/.*/Unity'
run-clang-tidy -p build/lint -quiet "${@:-^$PWD/($rooms)/}"
