-- p1: user, p2: online or NULL, p3: last_seen or NULL, p4: what last_seen is if it was never set or NULL.
-- (max() of a NULL is NULL.)
UPDATE OR FAIL presence
SET online = coalesce(p2, online),
    last_seen = max(coalesce(last_seen, p4, p3), coalesce(p3, last_seen, p4))
FROM input
WHERE user_id = p1
