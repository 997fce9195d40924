-- Not to_regclass(): that may still remember that there was no such table before we waited for the
-- process that was just making it.
SELECT count(*) FROM pg_class WHERE relname = 'schema_version' AND pg_table_is_visible(oid)
