-- Parameters: user, online or NULL, last_seen or NULL, what last_seen is if it was never set or NULL.
-- The rows are locked always in the same order, so that two nodes cannot wait for each other.
UPDATE presence p
SET online = coalesce(q.online <> 0, p.online),
    last_seen = greatest(coalesce(p.last_seen, q.first_seen), q.last_seen)
FROM (
    SELECT q.*
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[])
        AS q (user_id, online, last_seen, first_seen)
    JOIN presence locked ON locked.user_id = q.user_id
    ORDER BY q.user_id
    FOR UPDATE OF locked
) q
WHERE p.user_id = q.user_id
