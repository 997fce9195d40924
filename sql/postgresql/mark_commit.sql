INSERT INTO commit_mark (writer, number, at)
SELECT writer, number, now() FROM unnest($1::TEXT[], $2::BIGINT[]) AS q (writer, number)
ON CONFLICT (writer) DO UPDATE SET number = excluded.number, at = excluded.at
