SELECT q.n, p.online, p.last_seen
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (n, user_id)
JOIN presence p ON p.user_id = q.user_id
