foreach(name receiving confirming receipts presence restart outage ordering stress)
    parley_test(integration ${name} parley-test-server)
endforeach()
target_sources(tst_integration_stress PRIVATE integration/player.cpp integration/player.h)
