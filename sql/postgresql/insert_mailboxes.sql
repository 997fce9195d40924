INSERT INTO mailbox (user_id, last_seq, unread_count, unread_bytes)
SELECT user_id, 0, 0, 0 FROM unnest($1::BIGINT[]) AS q (user_id)
