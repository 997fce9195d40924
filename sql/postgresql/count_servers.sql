-- Whoever else of ours is connected to this database. Sessions of other users show no name.
SELECT count(*)
FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'parleyd' AND pid <> pg_backend_pid()
