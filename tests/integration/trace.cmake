parley_test(integration trace parley-test-server)
parley_test(integration traceaccess parley-test-server)
parley_test(integration traceclient parley-test-server parley-client)
