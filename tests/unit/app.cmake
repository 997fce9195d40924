parley_test(unit app_settings parley-app)
target_compile_definitions(tst_unit_app_settings PRIVATE
    PARLEY_RESOURCES="${PROJECT_SOURCE_DIR}/resources")
parley_test(unit app_usersfile parley-app)
parley_test(unit app_log parley-app)
parley_test(unit app_commandline parley-app)
parley_test(unit app_commands Qt6::Core)
target_compile_definitions(tst_unit_app_commands PRIVATE PARLEYD="$<TARGET_FILE:parleyd>")
add_dependencies(tst_unit_app_commands parleyd)
