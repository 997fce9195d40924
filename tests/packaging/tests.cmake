# What is installed beside the programs: pages, completion, the unit.
set(python /usr/bin/python3 -B)
set(packaging ${CMAKE_CURRENT_SOURCE_DIR}/packaging)
set(made ${PROJECT_BINARY_DIR}/packaging)
set(programs parleyd=$<TARGET_FILE:parleyd> parley-bench=$<TARGET_FILE:parley-bench>)
if(PARLEY_GUI)
    list(APPEND programs parley-client=$<TARGET_FILE:parley-gui>)
endif()

add_test(NAME packaging.pages COMMAND ${python} ${packaging}/pages.py ${made}/man ${programs})
add_test(NAME packaging.completion
    COMMAND ${python} ${packaging}/completion.py ${made}/completion ${programs})
add_test(NAME packaging.unit
    COMMAND ${python} ${packaging}/unit.py ${made}/parleyd.service $<TARGET_FILE:parleyd>)
add_test(NAME packaging.scripts COMMAND ${python} ${packaging}/scripts.py ${PROJECT_SOURCE_DIR})
set(installed server bench)
if(PARLEY_GUI)
    list(APPEND installed client)
endif()
add_test(NAME packaging.install COMMAND ${python} ${packaging}/install.py ${CMAKE_COMMAND}
    ${PROJECT_BINARY_DIR} ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_SYSCONFDIR} ${installed})
foreach(name pages completion unit scripts install)
    set_tests_properties(packaging.${name} PROPERTIES LABELS packaging TIMEOUT 120)
endforeach()
