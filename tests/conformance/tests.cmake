foreach(name http websocket)
    parley_test(conformance ${name} parley-test-server)
    target_sources(tst_conformance_${name} PRIVATE conformance/rows.cpp conformance/rows.h)
    target_compile_definitions(tst_conformance_${name} PRIVATE
        PARLEY_CONFORMANCE_DATA="${CMAKE_CURRENT_SOURCE_DIR}/conformance")
endforeach()

# The tables for people are those of the tests.
add_test(NAME conformance.document COMMAND /usr/bin/python3 -B
    ${CMAKE_CURRENT_SOURCE_DIR}/conformance/document.py ${PROJECT_SOURCE_DIR})
set_tests_properties(conformance.document PROPERTIES LABELS conformance TIMEOUT 60)
