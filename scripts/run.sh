#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the server and runs its demonstration: users alice and bob, password demo, on
# 127.0.0.1:2345. Takes the options of `parleyd serve`.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
install_for_building
cmake --preset release >&2
cmake --build --preset release --target parleyd >&2
exec build/release/bin/parleyd serve --demo "$@"
