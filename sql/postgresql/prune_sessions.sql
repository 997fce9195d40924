DELETE FROM sessions d
USING unnest($1::BIGINT[], $2::BIGINT[]) AS q (row_limit, before)
    CROSS JOIN LATERAL (
        SELECT session_hash FROM sessions WHERE expires_at <= q.before ORDER BY expires_at LIMIT q.row_limit
    ) oldest
WHERE d.session_hash = oldest.session_hash
RETURNING 1
