# Fuzz targets: NAME.cpp is one, of the parsers that meet what others made. With libFuzzer (the
# preset "fuzz", of clang) each goes on from its seeds for 20 s and looks for new paths; elsewhere it
# replays its seeds, and some thousands of damaged ones.
set(fuzz ${CMAKE_BINARY_DIR}/fuzz)
if(PARLEY_SANITIZE MATCHES fuzzer)
    # These alone: most of the server need not be built once more.
    set(fuzzed app/commandline.cpp app/terminal.cpp app/usersfile.cpp
        app/logging/linewriter.cpp app/logging/log.cpp app/logging/lograte.cpp
        app/settings/origin.cpp app/settings/readfile.cpp app/settings/secretfile.cpp
        app/settings/setting.cpp app/settings/sources.cpp app/settings/table.cpp
        app/settings/tomlfile.cpp
        gateway/http/parser.cpp gateway/http/request.cpp gateway/http/response.cpp
        gateway/websocket/framereader.cpp session/loginsession.cpp session/sodium.cpp
        session/timesession.cpp)
    list(TRANSFORM fuzzed PREPEND ${PROJECT_SOURCE_DIR}/server/)
    add_library(parley-fuzzed STATIC ${fuzzed})
    target_include_directories(parley-fuzzed PUBLIC ${PROJECT_SOURCE_DIR}/server)
    target_link_libraries(parley-fuzzed PUBLIC parley-protocol Qt6::Network
        PRIVATE Boost::headers CLI11::CLI11 tomlplusplus::tomlplusplus PkgConfig::sodium)
    target_compile_definitions(parley-fuzzed PRIVATE PARLEY_VERSION="${PROJECT_VERSION}")
    set_target_properties(parley-fuzzed PROPERTIES AUTOMOC OFF)
    add_custom_target(parley-fuzz)
else()
    add_library(parley-fuzzed INTERFACE)
    target_link_libraries(parley-fuzzed INTERFACE parley-app)
endif()

# Seeds: those of the tree, and those made of tests/data; a new copy for each run.
add_test(NAME fuzz.seeds COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds.py
    ${fuzz}/seeds)
set_tests_properties(fuzz.seeds PROPERTIES LABELS fuzz TIMEOUT 300 FIXTURES_SETUP fuzz-seeds)

# parley_fuzz(NAME ROUNDS): so many damaged seeds are replayed.
function(parley_fuzz name rounds)
    set(target fuzz_${name})
    add_executable(${target} fuzz/${name}.cpp fuzz/fuzz.h)
    target_link_libraries(${target} PRIVATE parley-fuzzed)
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_precompile_headers(${target} REUSE_FROM parley-precompiled)
    set_target_properties(${target} PROPERTIES AUTOMOC OFF
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    set(finding ${fuzz}/findings/${name}-)
    set(environment)
    if(TARGET parley-fuzz)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        add_dependencies(parley-fuzz ${target})
        add_test(NAME fuzz.${name} COMMAND ${target} -seed=1 -max_total_time=20 -timeout=10
            -dict=${CMAKE_CURRENT_SOURCE_DIR}/fuzz/words.dict -artifact_prefix=${finding}
            ${fuzz}/seeds/${name})
        set(environment ASAN_OPTIONS=quarantine_size_mb=64)
    else()
        target_sources(${target} PRIVATE fuzz/replay.cpp)
        target_compile_definitions(${target} PRIVATE PARLEY_FUZZ_ROUNDS=${rounds})
        add_test(NAME fuzz.${name} COMMAND ${target} ${finding}replayed ${fuzz}/seeds/${name})
    endif()
    set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 300
        FIXTURES_REQUIRED fuzz-seeds ENVIRONMENT "${environment}")
endfunction()

parley_fuzz(commands 50000)
parley_fuzz(replies 50000)
parley_fuzz(frames 20000)
parley_fuzz(sessions 20000)
parley_fuzz(users 20000)
parley_fuzz(settings 5000)
parley_fuzz(commandline 300)
parley_fuzz(http 10000)
