-- Looks only at the oldest ones, which begin with the smallest id. One that a clock that was behind
-- dated before the ones ahead of it goes with them.
DELETE FROM sent d
USING unnest($1::BIGINT[], $2::BIGINT[]) AS q (row_limit, before)
    CROSS JOIN LATERAL (
        SELECT id, max(sent_at) OVER (ORDER BY id) AS youngest
        FROM (SELECT id, sent_at FROM sent ORDER BY id LIMIT q.row_limit) first
    ) oldest
WHERE d.id = oldest.id AND oldest.youngest < q.before
RETURNING 1
