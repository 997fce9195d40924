INSERT INTO presence (user_id, online, last_seen)
VALUES (?1, FALSE, NULL)
ON CONFLICT DO NOTHING
