-- Whoever else of ours is connected to this database: servers, and other commands.
SELECT count(*)
FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'parleyd' AND pid <> pg_backend_pid()
