#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs the packages in a machine of their own and uses them there: Debian 12, made by
# debootstrap, booted with its own systemd by systemd-nspawn, without a network. What is done there,
# and what must then be true, is in tests/packaging/machine.sh. Needs root.
#
#   scripts/package-test.sh [FOLDER]     of the packages (default: build/package, made first)
#
# The machine's folders are in build/machine/; `base` there is kept for the next time.
set -eu
cd "$(dirname "$0")/.."
. scripts/install.sh
require_root
install_missing systemd-container dpkg-dev lintian
[ $# -gt 0 ] || ./scripts/package.sh
packages=$(cd "${1:-build/package}" && pwd)

# Debian 12 has systemd; and "upTo", a field of the protocol, is no misspelt "up to".
lintian --fail-on error,warning,info --display-info --tag-display-limit 0 \
    --suppress-tags package-supports-alternative-init-but-no-init.d-script \
    --suppress-tags spelling-error-in-binary "$packages"/*.deb
echo "lintian: nothing to say" >&2

make_debian >&2
root=$PWD/build/machine/root
rm -rf "$root"
cp --archive build/machine/base "$root"

# The version before: the same programs with a lower number, and settings that are no longer the
# defaults.
make_version_before() {
    folder=$(mktemp -d)
    dpkg-deb --raw-extract "$packages"/parley-server_*.deb "$folder"
    sed -i 's/^Version: .*/Version: 0.0.9/' "$folder/DEBIAN/control"
    sed -i 's/^window = .*/window = 200/' "$folder/etc/parley/parley.toml"
    (cd "$folder" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' \
        | xargs -0 md5sum) > "$folder.md5"
    mv "$folder.md5" "$folder/DEBIAN/md5sums"
    mkdir -p "$root/packages/before"
    dpkg-deb --root-owner-group --build "$folder" "$root/packages/before" > /dev/null
    rm -rf "$folder"
}
make_version_before
mkdir -p "$root/packages/now"
cp "$packages"/*.deb "$root/packages/now"
cp tests/packaging/machine.sh tests/packaging/talk.py "$root/packages"

# What they depend on is fetched here, because the machine has no network.
cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" sh -c 'apt-get update --quiet=2 &&
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
        curl python3-websockets man-db &&
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
        --download-only /packages/now/*.deb' > /dev/null

cat > "$root/etc/systemd/system/machine.service" << 'END'
[Unit]
After=multi-user.target
SuccessAction=exit
FailureAction=exit
SuccessActionExitStatus=0
FailureActionExitStatus=1
[Service]
Type=oneshot
ExecStart=/packages/machine.sh
StandardOutput=journal+console
StandardError=journal+console
[Install]
WantedBy=default.target
END
chroot "$root" systemctl enable --quiet machine.service
chroot "$root" systemctl mask --quiet console-getty.service # what is seen is what is done
echo parley-machine > "$root/etc/hostname"

# It wants /run in memory and control groups of version 2, which not every machine has.
# shellcheck disable=SC2016 # the shell in it expands these
unshare --mount sh -eu -c '
    [ "$(stat --file-system --format=%T /run)" = tmpfs ] || mount -t tmpfs tmpfs /run
    [ "$(stat --file-system --format=%T /sys/fs/cgroup)" = cgroup2fs ] || {
        umount --recursive /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
    }
    exec systemd-nspawn --quiet --directory="$1" --boot --private-network --register=no \
        --keep-unit --console=read-only systemd.show_status=no' sh "$root" < /dev/null
