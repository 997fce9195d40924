parley_test(gui load_run parley-load parley-test-server)
parley_test(gui load_tab parley-ui parley-test-server)
