INSERT INTO presence (user_id, online, last_seen)
SELECT user_id, FALSE, NULL FROM unnest($1::BIGINT[]) AS q (user_id)
ON CONFLICT DO NOTHING
