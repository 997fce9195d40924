parley_test(unit/siege judgement parley-siege-parts)
