-- Always in the same order, so that two nodes cannot wait for each other.
SELECT user_id FROM presence WHERE user_id = ANY ($1::BIGINT[]) ORDER BY user_id FOR UPDATE
