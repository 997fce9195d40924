-- Parameters: user, whether they came or went or NULL, last_seen or NULL, what last_seen is if it was never set
-- or NULL. Returns those who came or went, and whether that made a difference. The rows of all who came or went
-- are locked already (lock_presence), or what is read of their links may be of before; those of others are locked
-- here, always in the same order, so that two nodes cannot wait for each other.
UPDATE presence p
SET online = coalesce(q.is_linked, p.online),
    last_seen = greatest(coalesce(p.last_seen, q.first_seen), q.last_seen)
FROM (
    SELECT q.*, locked.online AS was_online,
        CASE WHEN q.online IS NOT NULL THEN EXISTS (SELECT 1 FROM link l WHERE l.user_id = q.user_id) END AS is_linked
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[])
        AS q (user_id, online, last_seen, first_seen)
    JOIN presence locked ON locked.user_id = q.user_id
    ORDER BY q.user_id
    FOR UPDATE OF locked
) q
WHERE p.user_id = q.user_id
RETURNING p.user_id, (q.is_linked IS NOT NULL AND q.is_linked <> q.was_online)::INT::BIGINT
