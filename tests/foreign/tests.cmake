parley_test(foreign clients parley-test-support)
target_sources(tst_foreign_clients PRIVATE foreign/client.cpp foreign/client.h)
target_compile_definitions(tst_foreign_clients PRIVATE PARLEYD="$<TARGET_FILE:parleyd>"
    PARLEY_FOREIGN="${CMAKE_CURRENT_SOURCE_DIR}/foreign")
add_dependencies(tst_foreign_clients parleyd)
