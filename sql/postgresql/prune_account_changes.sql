-- Looks only at the oldest ones, which begin with the smallest id.
DELETE FROM account_change d
USING unnest($1::BIGINT[], $2::BIGINT[]) AS q (row_limit, before)
    CROSS JOIN LATERAL (SELECT id, at FROM account_change ORDER BY id LIMIT q.row_limit) oldest
WHERE d.id = oldest.id AND oldest.at < q.before
RETURNING 1
