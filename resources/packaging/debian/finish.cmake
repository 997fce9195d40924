# SPDX-License-Identifier: MIT
# Run by cpack on what was installed for the packages, before they are made.
function(compress file)
    execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(debian ${CPACK_PARLEY_DEBIAN})
foreach(component ${CPACK_COMPONENTS_ALL})
    set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr/share)
    set(doc ${share}/doc/parley-${component})
    if(NOT IS_DIRECTORY ${doc})
        message(FATAL_ERROR "there is no ${doc}")
    endif()
    file(GLOB pages ${share}/man/man*/*)
    foreach(page ${pages})
        compress(${page})
    endforeach()
    file(REMOVE ${doc}/LICENSE)
    file(COPY ${debian}/copyright ${debian}/changelog DESTINATION ${doc}
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    compress(${doc}/changelog)
    # The linker's and the compiler's remarks are for nobody.
    file(GLOB programs ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr/bin/*)
    execute_process(COMMAND strip --remove-section=.comment --remove-section=.note ${programs}
        COMMAND_ERROR_IS_FATAL ANY)
endforeach()
