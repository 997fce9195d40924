# The siege: a program that starts the real server and attacks it.
file(GLOB siege_sources CONFIGURE_DEPENDS siege/*.cpp siege/*.h)
add_executable(parley-siege ${siege_sources})
target_link_libraries(parley-siege PRIVATE parley-bench-parts parley-test-support Qt6::Network)
target_precompile_headers(parley-siege REUSE_FROM parley-precompiled)
target_compile_definitions(parley-siege PRIVATE PARLEY_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/data")
set_target_properties(parley-siege PROPERTIES AUTOMOC OFF)
add_dependencies(parley-siege parleyd)

add_test(NAME siege.short COMMAND parley-siege --minutes 1)
set_tests_properties(siege.short PROPERTIES LABELS siege TIMEOUT 300 RUN_SERIAL ON
    ENVIRONMENT "QT_NO_GLIB=1")
