parley_test(gui/workbench observers parley-workbench parley-test-server)
