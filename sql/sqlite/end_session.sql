DELETE FROM sessions
WHERE session_hash = ?1 AND expires_at > ?2
RETURNING user_id
