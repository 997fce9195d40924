#!/bin/sh
# SPDX-License-Identifier: MIT
# Run by root in a machine that is made for it (scripts/package-test.sh): installs the packages,
# uses, upgrades and removes them. Ends at the first thing that is not as it must be.
set -eu
export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin

step() {
    echo "== $*"
}
fail() {
    echo "FAILED: $*"
    journalctl --no-pager --unit parleyd --lines 40 || true
    exit 1
}
# is WHAT WANTED GOT
is() {
    [ "$2" = "$3" ] || fail "$1: $3, not $2"
    echo "   $1: $3"
}
install() {
    apt-get install --yes --quiet=2 --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" > /tmp/apt.log 2>&1 || {
        cat /tmp/apt.log
        fail "install $*"
    }
}
# The path of a chat for who has this password.
chat() {
    curl --silent --fail --data "{\"username\":\"$1\",\"password\":\"$2\"}" \
        http://127.0.0.1:2345/login | sed 's/.*"chat":"\([^"]*\)".*/\1/'
}
talk() {
    name=$1
    shift
    /usr/bin/python3 /packages/talk.py "ws://127.0.0.1:2345$(chat "$name" "$name")" "$@"
}
main_pid() {
    systemctl show --property MainPID --value parleyd
}
# until COMMAND...: within 60 s
until_true() {
    i=0
    until "$@"; do
        i=$((i + 1))
        [ $i -lt 600 ] || fail "never: $*"
        sleep 0.1
    done
}
all_files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /packages \
        -o -path /var/log -o -path /var/cache -o -path /var/lib/apt -o -path /var/lib/dpkg \
        -o -path /var/lib/systemd \) -prune -o -print | grep --ignore-case parley | sort || true
}

step "before"
is "files of parley" "" "$(all_files)"

step "install the version before"
install /packages/before/*.deb
is "service" active "$(systemctl is-active parleyd)"
is "at boot" enabled "$(systemctl is-enabled parleyd)"
is "data" "parley parley 700" "$(stat --format='%U %G %a' /var/lib/parley)"
is "settings" "root parley 640" "$(stat --format='%U %G %a' /etc/parley/parley.toml)"
is "who serves" parley "$(stat --format=%U "/proc/$(main_pid)")"
is "ready" 200 "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    http://127.0.0.1:2345/readyz)"

is "warnings" "" "$(journalctl --unit parleyd --quiet --no-pager | grep --word-regexp warning)"

step "users, added by root and by the service's user"
is "alice" 1 "$(echo alice | parleyd user add alice --password-stdin)"
is "bob" 2 "$(echo bob | runuser --user parley -- parleyd user add bob --password-stdin)"
is "owner of the store" "parley parley" "$(stat --format='%U %G' /var/lib/parley/parley.db)"
runuser --user nobody -- parleyd user list > /dev/null 2>&1 && fail "nobody may list users"

step "login with curl, and send"
is "seqs" "1 2 3" "$(talk alice send 2 one two three | xargs)"

step "upgrade, with data and changed settings"
sed -i 's/^burst = .*/burst = 4000/' /etc/parley/parley.toml
old=$(main_pid)
install /packages/now/parley-server_*.deb
is "service" active "$(systemctl is-active parleyd)"
[ "$(main_pid)" != "$old" ] || fail "the old server goes on"
is "changed settings" "burst = 4000" "$(grep ^burst /etc/parley/parley.toml)"
is "the maintainer's settings" "window = 256" \
    "$(grep ^window /etc/parley/parley.toml.dpkg-dist)"
is "bob's messages" "one two three" "$(talk bob fetch | xargs)"
is "left" "" "$(talk bob fetch)"

step "the check, and the manual"
parleyd check || fail "the check"
man --warnings parleyd > /dev/null || fail "no manual"
man parley.toml > /dev/null || fail "no manual of the settings"

step "a secret key by LoadCredential"
(umask 077 && echo a-secret-key-for-the-test > /etc/parley/secret.key)
mkdir -p /etc/systemd/system/parleyd.service.d
cat > /etc/systemd/system/parleyd.service.d/key.conf << 'END'
[Service]
LoadCredential=secret-key:/etc/parley/secret.key
Environment=PARLEY_SESSION_SECRET_KEY_FILE=%d/secret-key
END
systemctl daemon-reload
systemctl restart parleyd
install /packages/now/parley-bench_*.deb
parley-bench --secret-key-file /etc/parley/secret.key pairs --pairs 1 --seconds 1 --warmup 0 \
    > /tmp/bench || { cat /tmp/bench; fail "time sessions"; }
journalctl --unit parleyd --quiet --no-pager | grep --fixed-strings a-secret-key \
    && fail "the key is in the log"

step "a port below 1024"
cat > /etc/systemd/system/parleyd.service.d/port.conf << 'END'
[Service]
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
PrivateUsers=no
Environment=PARLEY_LISTEN=127.0.0.1:443
END
systemctl daemon-reload
systemctl restart parleyd
is "ready" 200 "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    http://127.0.0.1:443/readyz)"
rm /etc/systemd/system/parleyd.service.d/port.conf
systemctl daemon-reload
systemctl restart parleyd

step "reload"
old=$(main_pid)
systemctl reload parleyd
is "the same process" "$old" "$(main_pid)"

step "a server that hangs is restarted"
printf '[Service]\nWatchdogSec=3\n' > /etc/systemd/system/parleyd.service.d/watchdog.conf
systemctl daemon-reload
systemctl restart parleyd
old=$(main_pid)
kill -STOP "$old"
is_restarted() {
    [ "$(main_pid)" != "$old" ] && [ "$(main_pid)" != 0 ] \
        && [ "$(systemctl is-active parleyd)" = active ]
}
until_true is_restarted
is "restarts" 1 "$(systemctl show --property NRestarts --value parleyd)"

step "a server that is killed is restarted"
old=$(main_pid)
kill -KILL "$old"
until_true is_restarted

step "a wrong setting stops it for good"
mkdir -p /run/systemd/system/parleyd.service.d
printf '[Service]\nExecStart=\nExecStart=/usr/bin/parleyd serve --config /tmp/none.toml\n' \
    > /run/systemd/system/parleyd.service.d/wrong.conf
systemctl daemon-reload
systemctl restart parleyd && fail "it started"
is "after exit status 2" failed "$(systemctl is-active parleyd)"
rm /run/systemd/system/parleyd.service.d/wrong.conf
systemctl daemon-reload
systemctl restart parleyd

step "the workbench, without a display, with the installed server"
install /packages/now/parley-client_*.deb
mkdir -p /tmp/tester
chown nobody /tmp/tester
(cd /tmp/tester && HOME=/tmp/tester runuser --user nobody -- parley-client --headless run \
    :/scenarios/02-message-online.yaml :/scenarios/12-crash.yaml) || fail "scenarios"

step "scripts of the package, once more"
DPKG_MAINTSCRIPT_PACKAGE=parley-server DPKG_MAINTSCRIPT_NAME=postinst \
    /var/lib/dpkg/info/parley-server.postinst configure "$(dpkg-query --show \
    --showformat '${Version}' parley-server)"
is "service" active "$(systemctl is-active parleyd)"

step "disabled stays disabled"
systemctl disable --quiet parleyd
dpkg --force-confold --install /packages/now/parley-server_*.deb > /dev/null
is "at boot" disabled "$(systemctl is-enabled parleyd || true)"
systemctl enable --quiet parleyd

step "remove"
apt-get remove --yes --quiet=2 parley-server parley-client parley-bench > /dev/null
is "service" inactive "$(systemctl is-active parleyd || true)"
[ ! -e /usr/bin/parleyd ] || fail "the program is there"
[ -s /var/lib/parley/parley.db ] || fail "the data are gone"
[ -s /etc/parley/parley.toml ] || fail "the settings are gone"

step "install again: the data are as they were"
install /packages/now/parley-server_*.deb
is "users" "alice bob" "$(parleyd user list | cut -f 2 | xargs)"

step "purge"
rm -r /etc/systemd/system/parleyd.service.d /etc/parley/secret.key
apt-get purge --yes --quiet=2 parley-server parley-client parley-bench > /dev/null
is "what is left" "" "$(all_files)"
getent passwd parley > /dev/null || fail "the user is gone"
is "state of the service" "" "$(systemctl list-unit-files --no-legend 'parleyd*')"

step "install after a purge"
install /packages/now/parley-server_*.deb
is "service" active "$(systemctl is-active parleyd)"
is "users" "" "$(parleyd user list)"
step "all is well"
