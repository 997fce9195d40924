DELETE FROM sessions WHERE user_id = ANY ($1::BIGINT[])
