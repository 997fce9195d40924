-- Parameters: user, the session that stays, now, how many others stay: the newest.
DELETE FROM sessions d
USING unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[]) AS q (user_id, session_hash, now, others)
    CROSS JOIN LATERAL (
        SELECT s.session_hash
        FROM sessions s
        WHERE s.user_id = q.user_id AND s.session_hash <> q.session_hash AND s.expires_at > q.now
        ORDER BY s.made_at DESC, s.expires_at DESC, s.session_hash DESC
        OFFSET q.others
    ) oldest
WHERE d.session_hash = oldest.session_hash
RETURNING d.session_hash
