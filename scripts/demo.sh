#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds server and workbench, and starts them: a demonstration server with its trace on, and the
# workbench, logged in as alice and bob. The server ends with the workbench.
#
#   scripts/demo.sh [options of parley-client]
#
# The server listens on 127.0.0.1:2345, or on a free port if that one is in use. Its data are in a
# folder of their own, build/demo/, so that a demonstration continues where the last one ended;
# remove the folder to start from the beginning. Only one demonstration can run at a time.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    echo "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set." >&2
    exit 2
fi
. scripts/install.sh
install_for_building
cmake --preset release >&2
cmake --build --preset release --target parleyd parley-gui >&2

folder=build/demo
mkdir -p "$folder"
# The server inherits it, so that the lock holds until both have ended.
exec 9> "$folder/lock"
flock --nonblock 9 || {
    echo "A demonstration is running already, with the data in $folder." >&2
    exit 1
}
server=
stop_server() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    [ -z "$server" ] || wait "$server" || true
}
trap stop_server EXIT
trap 'exit 130' HUP INT TERM

# Whether the server came up there; then `address` is where.
start_server() {
    : > "$folder/address"
    build/release/bin/parleyd serve --demo --trace --data "$folder" --listen "$1" \
        > "$folder/address" 2> "$folder/server.log" &
    server=$!
    until grep --quiet listening "$folder/address"; do
        kill -0 "$server" 2> /dev/null || return 1
        sleep 0.1
    done
    address=$(sed 's/.* on //' "$folder/address")
}

start_server 127.0.0.1:2345 || start_server 127.0.0.1:0 || {
    cat "$folder/server.log" >&2
    exit 1
}
echo "The server listens on $address; it logs to $folder/server.log." >&2
build/release/bin/parley-client --demo --url "ws://$address" \
    --trace-token-file "$folder/admin.token" "$@"
