-- One that has given no sign of life for so many milliseconds, and when the last one was. It stays locked, and
-- is left to whoever has it locked already.
SELECT n.id, (extract(EPOCH FROM n.beat_at) * 1000)::BIGINT
FROM unnest($1::BIGINT[]) AS q (silence)
JOIN node n ON n.beat_at < now() - q.silence * INTERVAL '1 ms'
ORDER BY n.beat_at
LIMIT 1
FOR UPDATE OF n SKIP LOCKED
