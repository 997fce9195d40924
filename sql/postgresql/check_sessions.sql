-- Parameters: n, user, session or NULL, now. Returns the n of those that are valid, and the number of the
-- newest account change at the same moment.
SELECT q.n, (SELECT id FROM account_change_last)
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::BIGINT[]) AS q (n, user_id, session_hash, now)
JOIN users u ON u.id = q.user_id AND u.enabled
WHERE q.session_hash IS NULL OR EXISTS (
    SELECT 1 FROM sessions s WHERE s.session_hash = q.session_hash AND s.user_id = u.id AND s.expires_at > q.now)
