-- Not the quick one, which does not look whether indexes have what the tables have.
PRAGMA integrity_check(10)
