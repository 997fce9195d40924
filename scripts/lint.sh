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

cmake --preset fuzz > /dev/null # clang's command lines
cmake --build build/fuzz --target autogen
run-clang-tidy -p build/fuzz -quiet "${@:-^$PWD/(shared|server|client-gui|tests|docs)/}"
