parley_test(gui/play player parley-play parley-test-server)
