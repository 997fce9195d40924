parley_test(gui/faults met parley-play parley-test-server)
parley_test(gui/faults notmet parley-play parley-fake-server)
parley_test(gui/faults panel parley-ui parley-test-server)
