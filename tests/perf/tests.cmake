# Instruction counts of fixed work, of optimised code only: others mean nothing. The program needs
# valgrind's headers, so nobody builds it by the way.
if(NOT CMAKE_BUILD_TYPE MATCHES "^Rel" OR PARLEY_SANITIZE)
    return()
endif()

file(GLOB works CONFIGURE_DEPENDS perf/*.cpp perf/*.h)
add_executable(parley-perf EXCLUDE_FROM_ALL ${works})
target_link_libraries(parley-perf PRIVATE parley-test-server)
target_precompile_headers(parley-perf REUSE_FROM parley-precompiled)

add_test(NAME perf.instructions COMMAND /usr/bin/python3 -B
    ${CMAKE_CURRENT_SOURCE_DIR}/perf/instructions.py $<TARGET_FILE:parley-perf>)
set_tests_properties(perf.instructions PROPERTIES LABELS perf TIMEOUT 300 RUN_SERIAL TRUE)
