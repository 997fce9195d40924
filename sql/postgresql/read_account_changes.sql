SELECT a.user_id, a.scope, a.session_hash, a.id
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (after, last)
JOIN account_change a ON a.id > q.after AND a.id <= q.last
ORDER BY a.id
