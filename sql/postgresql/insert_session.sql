-- Parameters: session, user, until when, now, password's hash or NULL. The lock waits for a change of the
-- user that is under way, or makes it wait: then it finds this session.
WITH allowed AS (
    SELECT q.*
    FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::TEXT[])
        AS q (session_hash, user_id, expires_at, made_at, password_hash)
    JOIN users u ON u.id = q.user_id
    WHERE u.enabled AND (q.password_hash IS NULL OR u.password_hash = q.password_hash)
    FOR NO KEY UPDATE OF u
)
INSERT INTO sessions (session_hash, user_id, expires_at, made_at)
SELECT session_hash, user_id, expires_at, made_at FROM allowed
ON CONFLICT (session_hash) DO UPDATE
    SET user_id = excluded.user_id, expires_at = excluded.expires_at, made_at = excluded.made_at
RETURNING user_id
