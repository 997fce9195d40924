parley_test(gui/window panes parley-ui parley-test-server)
parley_test(gui/window main parley-ui parley-test-server)
parley_test(gui/window bubbles parley-ui)
