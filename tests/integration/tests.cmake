foreach(name login timesession sending receiving confirming receipts presence frames limits ordering
        restart outage shutdown vanishing stress trace traceaccess metrics nodes)
    parley_test(integration ${name} parley-test-server)
endforeach()
target_sources(tst_integration_stress PRIVATE integration/player.cpp integration/player.h)
parley_test(integration traceclient parley-test-server parley-client)
parley_test(integration tls parley-test-server parley-client parley-certificates)
parley_test(integration events parley-test-server)
target_compile_definitions(tst_integration_events PRIVATE
    PARLEY_RESOURCES="${PROJECT_SOURCE_DIR}/resources")
parley_test(integration proxies parley-test-server parley-client parley-certificates)
# With a store that is held, or fails, as it is told.
foreach(name gate edge inwork loginraces)
    parley_test(integration ${name} parley-test-server parley-scripted-store)
endforeach()
