UPDATE schema_version SET number = ?1
