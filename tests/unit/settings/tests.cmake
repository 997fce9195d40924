foreach(name sources secrets origin)
    parley_test(unit/settings ${name} parley-settings)
endforeach()
target_compile_definitions(tst_unit_settings_sources PRIVATE
    PARLEY_RESOURCES="${PROJECT_SOURCE_DIR}/resources")
