-- Parameters: session, user, until when, now, password's hash or NULL.
INSERT INTO sessions (session_hash, user_id, expires_at, made_at)
SELECT ?1, id, ?3, ?4 FROM users WHERE id = ?2 AND enabled AND (?5 IS NULL OR password_hash = ?5)
ON CONFLICT (session_hash) DO UPDATE
    SET user_id = excluded.user_id, expires_at = excluded.expires_at, made_at = excluded.made_at
RETURNING user_id
