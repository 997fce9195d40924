parley_test(gui/scenario parser parley-scenario-run)
parley_test(gui/scenario steps parley-scenario-run parley-test-server parley-fake-server)
parley_test(gui/scenario recorder parley-scenario-run parley-scenario-record parley-test-server)
parley_test(gui/scenario report parley-scenario-report)

# The program itself, without a display and with the real server.
parley_test(gui/scenario headless parley-test-support)

# All shipped scenarios, on each store.
add_executable(tst_scenarios gui/scenario/shipped.cpp)
target_link_libraries(tst_scenarios PRIVATE Qt6::Test parley-test-support)
target_include_directories(tst_scenarios PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
set_target_properties(tst_scenarios PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
foreach(store sqlite postgresql)
    add_test(NAME scenarios.${store} COMMAND tst_scenarios ${store})
    set_tests_properties(scenarios.${store} PROPERTIES LABELS gui TIMEOUT 300
        ENVIRONMENT "QT_NO_GLIB=1")
endforeach()

foreach(target tst_gui_scenario_headless tst_scenarios)
    target_compile_definitions(${target} PRIVATE
        PARLEY_CLIENT="$<TARGET_FILE:parley-gui>" PARLEYD="$<TARGET_FILE:parleyd>"
        SCENARIOS="${PROJECT_SOURCE_DIR}/resources/scenarios")
    add_dependencies(${target} parley-gui parleyd)
endforeach()

foreach(name panel panel_files)
    parley_test(gui/scenario ${name} parley-ui parley-test-support)
    target_compile_definitions(tst_gui_scenario_${name} PRIVATE PARLEYD="$<TARGET_FILE:parleyd>")
    add_dependencies(tst_gui_scenario_${name} parleyd)
endforeach()
