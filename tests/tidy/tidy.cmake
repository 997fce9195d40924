# Debian's Python, by its path: another one that is found first may lack Debian's modules.
set(python /usr/bin/python3 -B)
set(tidy ${CMAKE_CURRENT_SOURCE_DIR}/tidy)

add_test(NAME tidy.tree COMMAND ${python} ${tidy}/tidy.py ${PROJECT_SOURCE_DIR})
add_test(NAME tidy.self COMMAND ${python} ${tidy}/tidy.py --self-test)
set_tests_properties(tidy.tree tidy.self PROPERTIES LABELS tidy TIMEOUT 60)
