foreach(name edge memory)
    parley_test(fault ${name} parley-test-support parley-raw-client parley-session)
    target_compile_definitions(tst_fault_${name} PRIVATE PARLEYD="$<TARGET_FILE:parleyd>")
    add_dependencies(tst_fault_${name} parleyd)
endforeach()
# What a command is reckoned to cost.
target_link_libraries(tst_fault_memory PRIVATE parley-chat)
