# Debian's Python, by its path: another one that is found first may lack Debian's modules.
set(python /usr/bin/python3 -B)
set(tidy ${CMAKE_CURRENT_SOURCE_DIR}/tidy)

add_test(NAME tidy.tree COMMAND ${python} ${tidy}/tidy.py ${PROJECT_SOURCE_DIR})
add_test(NAME tidy.self COMMAND ${python} ${tidy}/tidy.py --self-test)
set_tests_properties(tidy.tree tidy.self PROPERTIES LABELS tidy TIMEOUT 60)

# One conversation with a server, and its description held against it.
parley_test(tidy frames parley-test-server parley-scripted-store)
set(frames ${CMAKE_CURRENT_BINARY_DIR}/frames.jsonl)
target_compile_definitions(tst_tidy_frames PRIVATE PARLEY_FRAMES="${frames}")
add_test(NAME tidy.asyncapi COMMAND ${python} ${tidy}/asyncapi.py ${PROJECT_SOURCE_DIR} ${frames})
set_tests_properties(tidy.frames PROPERTIES FIXTURES_SETUP frames)
set_tests_properties(tidy.asyncapi PROPERTIES LABELS tidy TIMEOUT 60 FIXTURES_REQUIRED frames)
