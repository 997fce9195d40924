parley_test(unit/control answerer parley-control)
