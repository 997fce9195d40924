-- Parameters: how many of the oldest, what is ahead of it is wrong, now.
UPDATE sent d
SET sent_at = q.now
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS q (row_limit, latest, now)
    CROSS JOIN LATERAL (SELECT id, sent_at FROM sent ORDER BY id LIMIT q.row_limit) oldest
WHERE d.id = oldest.id AND oldest.sent_at > q.latest
