-- Parameters: user, online or NULL, last_seen or NULL, what last_seen is if it was never set or NULL.
-- (max() of a NULL is NULL.)
UPDATE presence
SET online = coalesce(?2, online),
    last_seen = max(coalesce(last_seen, ?4, ?3), coalesce(?3, last_seen, ?4))
WHERE user_id = ?1
