# The siege: a program that starts the real server and attacks it. Its parts are a library, so that
# they can be tested without a server.
file(GLOB siege_parts CONFIGURE_DEPENDS siege/*.cpp siege/*.h)
list(FILTER siege_parts EXCLUDE REGEX "/main\\.cpp$")
add_library(parley-siege-parts STATIC ${siege_parts})
target_link_libraries(parley-siege-parts PUBLIC parley-bench-parts parley-test-support
    parley-certificates Qt6::Network)
target_precompile_headers(parley-siege-parts REUSE_FROM parley-precompiled)
target_compile_definitions(parley-siege-parts
    PRIVATE PARLEY_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data")
set_target_properties(parley-siege-parts PROPERTIES AUTOMOC OFF)

add_executable(parley-siege siege/main.cpp)
target_link_libraries(parley-siege PRIVATE parley-siege-parts)
target_precompile_headers(parley-siege REUSE_FROM parley-precompiled)
set_target_properties(parley-siege PROPERTIES AUTOMOC OFF)
add_dependencies(parley-siege parleyd)

add_test(NAME siege.short COMMAND parley-siege --minutes 1 --seed 1)
set_tests_properties(siege.short PROPERTIES LABELS siege TIMEOUT 300 RUN_SERIAL ON
    ENVIRONMENT "QT_NO_GLIB=1")
