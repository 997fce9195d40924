# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# To be sourced: installs what is missing from Debian's packages.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        echo "This needs root, and there is no sudo: $*" >&2
        return 1
    fi
}

require_root() {
    [ "$(id -u)" -eq 0 ] || {
        echo "This needs root." >&2
        exit 2
    }
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 \
        --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

install_missing() {
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing from Debian:$missing" >&2
    # The lists of packages may be absent or old; they are fetched when it does not go without.
    # shellcheck disable=SC2086 # they are words
    apt_install $missing 2> /dev/null || {
        as_root apt-get update --quiet=2
        apt_install $missing
    }
}

# The server alone, without the workbench and without tests.
install_for_building_the_server() {
    install_missing ca-certificates g++ cmake ninja-build pkg-config \
        qt6-base-dev qt6-websockets-dev \
        libsodium-dev libssl-dev libsimdjson-dev prometheus-cpp-dev libcli11-dev \
        libtomlplusplus-dev libboost-dev libpq-dev libsqlite3-dev libsystemd-dev
}

install_for_building() {
    install_for_building_the_server
    install_missing ccache qt6-charts-dev libqt6opengl6-dev qt6-svg-dev \
        qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libyaml-cpp-dev libvalijson-dev \
        libqt6sql6-sqlite libqt6sql6-psql
}

install_for_packaging() {
    install_missing dpkg-dev file gzip
}

install_for_testing() {
    # Debian makes a database cluster with its package and starts it; the tests make their own.
    no_cluster=/etc/postgresql-common/createcluster.d/parley.conf
    is_installed postgresql || [ -e "$no_cluster" ] || {
        as_root mkdir -p "${no_cluster%/*}"
        echo "create_main_cluster = false" | as_root tee "$no_cluster" > /dev/null
    }
    # Likewise it starts these; those that were there before stay as they are.
    new_services=
    for service in pgbouncer haproxy nginx fail2ban prometheus; do
        is_installed "$service" || new_services="$new_services $service"
    done
    install_missing postgresql pgbouncer python3 python3-yaml python3-jsonschema \
        python3-websockets python3-aiohttp nodejs node-ws curl sqlite3 valgrind openssl \
        haproxy nginx fail2ban prometheus clang clang-format clang-tidy libclang-rt-14-dev llvm \
        bash-completion man-db mandoc shellcheck systemd
    if [ -n "$new_services" ] && command -v systemctl > /dev/null; then
        # shellcheck disable=SC2086 # they are words
        as_root systemctl disable --quiet --now $new_services || true
    fi
}

# A Debian 12 of its own, build/machine/base, for what needs one; needs root. It is made once.
make_debian() {
    install_missing debootstrap
    [ ! -e build/machine/base.made ] || return 0
    rm -rf build/machine/base
    mkdir -p build/machine
    # Without MIRROR it takes Debian's own.
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates \
        bookworm build/machine/base ${MIRROR:+"$MIRROR"}
    touch build/machine/base.made
}
