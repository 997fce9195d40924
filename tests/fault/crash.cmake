parley_test(fault crash parley-client parley-test-support parley-sql)
target_compile_definitions(tst_fault_crash PRIVATE PARLEYD="$<TARGET_FILE:parleyd>")
add_dependencies(tst_fault_crash parleyd)
set_tests_properties(fault.crash PROPERTIES TIMEOUT 900)
