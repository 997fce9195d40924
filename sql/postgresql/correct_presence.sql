-- Parameters: what is ahead of it is wrong, now.
UPDATE presence p
SET last_seen = q.now
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (latest, now)
WHERE p.last_seen > q.latest
