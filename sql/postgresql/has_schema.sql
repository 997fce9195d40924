SELECT count(to_regclass('schema_version'))
