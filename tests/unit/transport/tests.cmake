parley_test(unit/transport plaintransport parley-transport)
parley_test(unit/transport tlstransport parley-transport parley-certificates OpenSSL::SSL)
