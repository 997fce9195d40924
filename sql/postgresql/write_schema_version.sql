UPDATE schema_version SET number = q.number FROM unnest($1::BIGINT[]) AS q (number)
