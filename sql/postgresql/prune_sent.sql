-- Looks only at the oldest ones, which begin with the smallest id.
DELETE FROM sent d
USING unnest($1::BIGINT[], $2::BIGINT[]) AS q (row_limit, before)
    CROSS JOIN LATERAL (SELECT id, sent_at FROM sent ORDER BY id LIMIT q.row_limit) oldest
WHERE d.id = oldest.id AND oldest.sent_at < q.before
RETURNING 1
