#!/bin/sh
# SPDX-License-Identifier: MIT
# A demonstration of several nodes: PostgreSQL with a standby that confirms each commit, three
# servers on it, and HAProxy before them; all on 127.0.0.1, in a folder of its own, until it is
# interrupted. Users alice and bob, password demo.
#
#   PORT    HAProxy's (2345); the servers have the next three, the databases the two after these
#   PARLEYD the server (default: the release build's, which is built first)
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh

port=${PORT:-2345}
install_missing postgresql haproxy
if [ -z "${PARLEYD:-}" ]; then
    install_for_building
    cmake --preset release >&2
    cmake --build --preset release --target parleyd >&2
    PARLEYD=$PWD/build/release/bin/parleyd
fi
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort --version-sort | tail -1)
folder=$(mktemp -d)
primary=$((port + 4))
standby=$((port + 5))

# A database server does not run as root.
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_database() { runuser -u postgres -- "$@"; }
else
    as_database() { "$@"; }
fi
clean_up() {
    trap - EXIT HUP INT TERM
    # shellcheck disable=SC2086 # they are words
    kill $servers 2> /dev/null || true
    for pid in $servers; do
        wait "$pid" 2> /dev/null || true
    done
    for database in standby primary; do
        as_database "$bin/pg_ctl" --silent -D "$folder/$database" -m fast stop 2> /dev/null || true
    done
    rm -rf "$folder"
}
servers=
trap clean_up EXIT
trap 'exit 130' HUP INT TERM

start_database() {
    as_database "$bin/pg_ctl" --silent --wait -D "$folder/$1" -l "$folder/$1.log" \
        -o "-c port=$2 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder" start
}
query() {
    as_database "$bin/psql" --no-psqlrc --quiet --tuples-only --no-align -h "$folder" \
        -p "$primary" -U parley "$@"
}
(
    cd "$folder"
    as_database "$bin/initdb" --auth=trust --encoding=UTF8 --no-locale --username=parley \
        -D "$folder/primary" > /dev/null
)
start_database primary $primary
query -c "CREATE DATABASE parley" postgres
as_database "$bin/pg_basebackup" -h "$folder" -p "$primary" -U parley -D "$folder/standby" -R \
    --checkpoint=fast -d "host=$folder port=$primary user=parley application_name=standby"
start_database standby $standby
query -c "ALTER SYSTEM SET synchronous_standby_names = 'standby'" \
    -c "SELECT pg_reload_conf()" postgres > /dev/null

store="postgresql://parley@127.0.0.1:$primary,127.0.0.1:$standby/parley"
PARLEY_SECRET_KEY=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
PARLEY_LOG_LEVEL=warning
export PARLEY_SECRET_KEY PARLEY_LOG_LEVEL
for user in alice bob; do
    echo demo | "$PARLEYD" user add $user --password-stdin --store "$store" --data "$folder/data" \
        > /dev/null
done
for node in 1 2 3; do
    "$PARLEYD" serve --listen "127.0.0.1:$((port + node))" --store "$store" \
        --data "$folder/node$node" 2> "$folder/node$node.log" > "$folder/node$node.out" &
    servers="$servers $!"
done
# The client's address by the PROXY protocol is in docs/operations.md; here all are this machine.
cat > "$folder/haproxy.cfg" << END
defaults
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
frontend clients
    bind 127.0.0.1:$port
    default_backend nodes
backend nodes
    balance leastconn
    option httpchk GET /readyz
    server node1 127.0.0.1:$((port + 1)) check inter 1s fall 2 rise 1
    server node2 127.0.0.1:$((port + 2)) check inter 1s fall 2 rise 1
    server node3 127.0.0.1:$((port + 3)) check inter 1s fall 2 rise 1
END
haproxy -f "$folder/haproxy.cfg" 2> "$folder/haproxy.log" &
servers="$servers $!"
for node in 1 2 3; do
    i=0
    until grep -q "listening on" "$folder/node$node.out"; do
        i=$((i + 1))
        [ $i -lt 200 ] || { cat "$folder/node$node.log" >&2; exit 1; }
        sleep 0.1
    done
done
cat << END
HAProxy:  ws://127.0.0.1:$port   users alice (1) and bob (2), password demo
nodes:    ws://127.0.0.1:$((port + 1)), $((port + 2)), $((port + 3))
processes:$servers (the last is HAProxy's)
store:    $store
logs:     $folder
END
"$PARLEYD" nodes --store "$store" --data "$folder/data"
wait
