-- Parameters: n, user, session or NULL, now. Returns the n of those that are valid, and the number of the
-- newest account change at the same moment.
SELECT ?1, (SELECT id FROM account_change_last)
FROM users u
WHERE u.id = ?2 AND u.enabled AND (?3 IS NULL OR EXISTS (
    SELECT 1 FROM sessions s WHERE s.session_hash = ?3 AND s.user_id = u.id AND s.expires_at > ?4))
