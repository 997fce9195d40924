# Debian packages: `cpack -G DEB`, or scripts/package.sh, which gives what makes the bytes the same
# each time.
set(debian ${CMAKE_CURRENT_SOURCE_DIR}/debian)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS debian/changelog)
file(STRINGS debian/changelog first LIMIT_COUNT 1)
if(NOT first MATCHES "^parley \\(${PROJECT_VERSION}\\) ")
    message(FATAL_ERROR
        "resources/packaging/debian/changelog does not begin with ${PROJECT_VERSION}: ${first}")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME parley)
set(CPACK_PACKAGE_VENDOR "The Parley authors")
# Who publishes packages gives an address of their own.
set(CPACK_PACKAGE_CONTACT "The Parley authors <parley@example.org>" CACHE STRING
    "Maintainer of the packages")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_COMPONENTS_GROUPING IGNORE)
# What Debian wants otherwise than others do: compressed pages, its changelog, its copyright.
set(CPACK_PRE_BUILD_SCRIPTS ${debian}/finish.cmake)
set(CPACK_PARLEY_DEBIAN ${debian})

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_SERVER_PACKAGE_NAME parley-server)
set(CPACK_DEBIAN_SERVER_PACKAGE_SECTION net)
set(CPACK_COMPONENT_SERVER_DESCRIPTION "private-messaging server
Carries messages between two users each: JSON over WebSocket, and every
message is on disk before it is acknowledged. A message stays in the server
until its receiver confirms it.

Users and messages are kept in an SQLite file, or in a PostgreSQL database.
The package runs the server as a service of its own user.")
# Plugins of Qt are no libraries that a program names.
set(CPACK_DEBIAN_SERVER_PACKAGE_DEPENDS "adduser, libqt6sql6-sqlite")
set(CPACK_DEBIAN_SERVER_PACKAGE_RECOMMENDS "libqt6sql6-psql")
set(CPACK_DEBIAN_SERVER_PACKAGE_SUGGESTS "parley-client, parley-bench, postgresql, fail2ban")
set(CPACK_DEBIAN_SERVER_PACKAGE_CONTROL_EXTRA
    ${debian}/server/conffiles ${debian}/server/postinst ${debian}/server/prerm
    ${debian}/server/postrm)

set(CPACK_DEBIAN_CLIENT_PACKAGE_NAME parley-client)
set(CPACK_DEBIAN_CLIENT_PACKAGE_SECTION net)
set(CPACK_COMPONENT_CLIENT_DESCRIPTION "workbench for a private-messaging server
A window in which one person plays several clients of parleyd side by side.
It shows each step of a message, injects faults, runs scenarios and load, and
says whether anything was lost, duplicated or out of order.

Scenarios run without a display, too, for build servers.")
set(CPACK_DEBIAN_CLIENT_PACKAGE_RECOMMENDS "parley-server, qt6-qpa-plugins")

set(CPACK_DEBIAN_BENCH_PACKAGE_NAME parley-bench)
set(CPACK_DEBIAN_BENCH_PACKAGE_SECTION net)
set(CPACK_COMPONENT_BENCH_DESCRIPTION "load generator for a private-messaging server
Connects to a running parleyd as many users at once, loads it, and checks that
nothing was lost, duplicated or out of order. It prints rates, round trips,
and the CPU time and memory of the server.

To compare, it does the same with an MQTT broker.")

include(CPack)
