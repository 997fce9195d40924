#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes new pictures of the workbench: docs/images/*.png (or those in the given folder). Needs no
# display: it starts one of its own, Xvfb.
set -eu
cd "$(dirname "$0")/.."
target=${1:-docs/images}
. scripts/install.sh
install_for_building
install_missing xvfb xauth fonts-noto-core fonts-dejavu-core
cmake --preset release >&2
cmake --build --preset release --target parleyd parley-screenshots >&2

folder=$(mktemp -d)
server=
clean_up() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } || true
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' HUP INT TERM
build/release/bin/parleyd serve --demo --trace --data "$folder" --listen 127.0.0.1:0 \
    > "$folder/address" 2> "$folder/log" &
server=$!
until grep --quiet listening "$folder/address"; do
    kill -0 "$server" || { cat "$folder/log" >&2 && exit 1; }
    sleep 0.1
done
# Where it looks for settings there are none.
XDG_CONFIG_HOME="$folder" xvfb-run --auto-servernum --server-args='-screen 0 1440x900x24' \
    build/release/bin/parley-screenshots "ws://$(sed 's/.* on //' "$folder/address")" \
    "$folder/admin.token" "$target"
