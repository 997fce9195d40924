# Man pages and bash completion. They are made when CMake configures, and need no program that was
# built.
find_program(PARLEY_AWK awk REQUIRED)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/man)

# parley.toml(5) tells of each setting what resources/parley.toml does.
set(list ${CMAKE_CURRENT_BINARY_DIR}/settings.mdoc)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS man/settings.awk)
execute_process(
    COMMAND ${PARLEY_AWK} -f ${CMAKE_CURRENT_SOURCE_DIR}/man/settings.awk ${resources}/parley.toml
    OUTPUT_FILE ${list} COMMAND_ERROR_IS_FATAL ANY)
file(READ ${list} PARLEY_SETTINGS)

# parley_manual(COMPONENT PAGE...)
function(parley_manual component)
    foreach(page ${ARGN})
        string(REGEX REPLACE ".*\\." "" section ${page})
        configure_file(man/${page}.in man/${page} @ONLY)
        install(FILES ${CMAKE_CURRENT_BINARY_DIR}/man/${page}
            DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT ${component})
    endforeach()
endfunction()

# parley_completion(COMPONENT PROGRAM)
function(parley_completion component program)
    string(REPLACE - _ function ${program})
    configure_file(completion/completion.bash.in completion/${program} @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/completion/${program}
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT ${component})
endfunction()

parley_manual(server parleyd.1 parley.toml.5)
parley_completion(server parleyd)
parley_manual(bench parley-bench.1)
parley_completion(bench parley-bench)
if(PARLEY_GUI)
    parley_manual(client parley-client.1)
    parley_completion(client parley-client)
endif()
