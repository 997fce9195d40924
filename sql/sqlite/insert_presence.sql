INSERT OR IGNORE INTO presence (user_id, online, last_seen)
SELECT p1, FALSE, NULL FROM input
