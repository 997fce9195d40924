parley_test(unit sqlplanner parley-sql)
parley_test(unit sqlurls parley-sql)
parley_test(unit migrations parley-sql)
parley_test(unit sqlitefaults parley-sql PkgConfig::sqlite)
