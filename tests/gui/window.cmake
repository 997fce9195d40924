parley_test(gui window_panes parley-ui parley-test-server)
parley_test(gui window_main parley-ui parley-test-server)
parley_test(gui window_bubbles parley-ui)
