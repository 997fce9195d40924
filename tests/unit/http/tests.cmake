parley_test(unit/http parser parley-http parley-raw-client)
parley_test(unit/http exchange parley-http)
