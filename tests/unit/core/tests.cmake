parley_test(unit/core counters parley-core)
parley_test(unit/core printable parley-core)
parley_test(unit/core secrettext parley-core)
