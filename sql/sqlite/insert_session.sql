INSERT INTO sessions (session_hash, user_id, expires_at)
VALUES (?1, ?2, ?3)
ON CONFLICT (session_hash) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at
