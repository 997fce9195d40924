INSERT INTO sessions (session_hash, user_id, expires_at)
SELECT * FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[])
ON CONFLICT (session_hash) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at
