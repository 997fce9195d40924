parley_test(gui observers parley-ui parley-test-server)
