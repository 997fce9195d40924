DELETE FROM sessions s
USING unnest($1::TEXT[], $2::BIGINT[]) AS q (session_hash, now)
WHERE s.session_hash = q.session_hash AND s.expires_at > q.now
RETURNING s.user_id
