SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'
