parley_test(gui/load run parley-load parley-test-server)
parley_test(gui/load tab parley-ui parley-test-server)
