#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the image of the Dockerfile, by buildah without a daemon, on a Debian made by debootstrap,
# and uses it: a server starts in it and becomes healthy, and a user logs in. Needs root. The image
# stays in build/image/storage.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
require_root

image=localhost/parley-server
store=$PWD/build/image
here() {
    buildah --root "$store/storage" --runroot "$store/run" --storage-driver vfs "$@"
}

build() {
    install_missing buildah curl iproute2
    make_debian
    mkdir -p "$store"
    base=$(here from scratch)
    here add --quiet "$base" build/machine/base / > /dev/null
    here commit --quiet --rm "$base" localhost/debian:parley > /dev/null
    here build --isolation chroot --format docker --build-arg BASE=localhost/debian:parley \
        --tag "$image" .
}

# In a network of its own, whose ports are all free.
use() {
    ip link set lo up
    container=$(here from "$image")
    server=
    trap clean_up EXIT
    trap 'exit 130' HUP INT TERM
    [ "$(inside id --user --name)" = parley ] || fail "the server would run as another user"
    [ "$(echo alice | inside parleyd user add alice --password-stdin)" = 1 ] || fail "no user"
    inside parleyd serve --config /etc/parley/parley.toml > "$store/server.log" 2>&1 &
    server=$!
    i=0
    until is_healthy 2> /dev/null; do
        i=$((i + 1))
        { kill -0 "$server" && [ $i -lt 300 ]; } 2> /dev/null || fail "it did not become healthy"
        sleep 0.1
    done
    curl --silent --fail --data '{"username":"alice","password":"alice"}' --output /dev/null \
        http://127.0.0.1:2345/login || fail "no login"
    echo "healthy; alice has logged in; $(inside parleyd --version)"
}
inside() {
    here run --isolation chroot "$container" -- "$@"
}
# What the image itself says of its health.
is_healthy() {
    command=$(here inspect --type image "$image" | /usr/bin/python3 -c '
import json, sys
test = json.load(sys.stdin)["Docker"]["config"]["Healthcheck"]["Test"]
assert test[:3] == ["CMD", "bash", "-c"], test
print(test[3])')
    inside bash -c "$command"
}
fail() {
    cat "$store/server.log" 2> /dev/null || true
    echo "$*" >&2
    exit 1
}
clean_up() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2> /dev/null || true
    here rm "$container" > /dev/null
}

if [ "${1-}" = --use ]; then
    use
else
    build >&2
    # And of its own processes, which end with this script.
    unshare --net --pid --fork --kill-child --mount-proc "$PWD/scripts/image.sh" --use
fi
