-- Parameters: user, the session that stays, now, how many others stay: the newest.
DELETE FROM sessions
WHERE session_hash IN (
    SELECT session_hash
    FROM sessions
    WHERE user_id = ?1 AND session_hash <> ?2 AND expires_at > ?3
    ORDER BY made_at DESC, expires_at DESC, session_hash DESC
    LIMIT -1 OFFSET ?4)
RETURNING session_hash
