-- Parameters: what is ahead of it is wrong, now. They live as long as they would have.
UPDATE sessions s
SET expires_at = s.expires_at - s.made_at + q.now, made_at = q.now
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (latest, now)
WHERE s.made_at > q.latest
