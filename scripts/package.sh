#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds Debian packages of this tree, with Debian's own flags: build/package/parley-*.deb. The same
# tree makes the same bytes, wherever and whenever it is built by the same compiler.
#
#   --server    only parley-server, which needs less to be built
#   --twice     then builds a copy of the tree elsewhere, and compares the packages
set -eu
cd "$(dirname "$0")/.."

server=
twice=
while [ $# -gt 0 ]; do
    case "$1" in
    --server) server=yes ;;
    --twice) twice=yes ;;
    *)
        echo "usage: $0 [--server] [--twice]" >&2
        exit 2
        ;;
    esac
    shift
done

. scripts/install.sh
if [ -n "$server" ]; then
    install_for_building_the_server
else
    install_for_building
fi
install_for_packaging

# build GUI COMPONENTS TARGET...: of the tree in the working directory.
build() {
    gui=$1
    components=$2
    shift 2
    umask 022 # an archive tells it
    SOURCE_DATE_EPOCH=$(dpkg-parsechangelog --file resources/packaging/debian/changelog \
        --show-field Timestamp)
    export SOURCE_DATE_EPOCH
    export DEB_BUILD_MAINT_OPTIONS=hardening=+all
    # These flags hide the folder in which it is built.
    flags="$(dpkg-buildflags --get CPPFLAGS) $(dpkg-buildflags --get CXXFLAGS)"
    cmake -S . -B build/package -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DPARLEY_FRESH=ON \
        -DCMAKE_CXX_FLAGS="$flags" \
        -DCMAKE_EXE_LINKER_FLAGS="$(dpkg-buildflags --get LDFLAGS)" \
        -DCMAKE_INSTALL_PREFIX=/usr -DPARLEY_UNIT_DIR=/lib/systemd/system -DPARLEY_SERVICE=ON \
        -DBUILD_TESTING=OFF -DPARLEY_GUI="$gui" -DCMAKE_SKIP_INSTALL_ALL_DEPENDENCY=ON
    cmake --build build/package --target "$@"
    rm -f build/package/*.deb
    (cd build/package && cpack -G DEB -D CPACK_COMPONENTS_ALL="$components")
    # What cpack unpacked on its way.
    rm -rf build/package/_CPack_Packages
}

if [ -n "$server" ]; then
    set -- OFF server parleyd
else
    set -- ON 'server;client;bench' parleyd parley-gui parley-bench
fi
build "$@" >&2
ls build/package/*.deb
[ -n "$twice" ] || exit 0

other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
trap 'exit 130' HUP INT TERM
tar --create --exclude=./build --exclude=./.git . | tar --extract --directory "$other"
first=$PWD/build/package
(
    cd "$other"
    umask 077
    export TZ=Asia/Ho_Chi_Minh LC_ALL=C.UTF-8 CCACHE_DISABLE=1
    build "$@"
) >&2
for package in "$first"/*.deb; do
    cmp "$package" "$other/build/package/${package##*/}"
    echo "the same bytes: ${package##*/}"
done
