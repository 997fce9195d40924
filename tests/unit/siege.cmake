parley_test(unit siege_judgement parley-siege-parts)
