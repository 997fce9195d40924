parley_test(unit core_printable parley-core)
parley_test(unit core_secrettext parley-core)
