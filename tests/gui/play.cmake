parley_test(gui play_player parley-play parley-test-server)
