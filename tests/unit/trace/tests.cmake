parley_test(unit/trace tracer parley-trace)
