DELETE FROM sessions
WHERE session_hash IN (SELECT session_hash FROM sessions WHERE expires_at <= ?2 ORDER BY expires_at LIMIT ?1)
RETURNING 1
