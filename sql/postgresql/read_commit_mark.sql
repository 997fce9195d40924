-- Writing waits until the transaction that wrote it last, if it still runs, has ended.
INSERT INTO commit_mark (writer, number, at)
SELECT writer, 0, now() FROM unnest($1::TEXT[]) AS q (writer)
ON CONFLICT (writer) DO UPDATE SET at = excluded.at
RETURNING number
