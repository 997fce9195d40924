parley_test(gui faults_met parley-play parley-test-server)
parley_test(gui faults_notmet parley-play parley-fake-server)
parley_test(gui faults_panel parley-ui parley-test-server)
