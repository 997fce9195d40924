INSERT INTO mailbox (user_id, last_seq, unread_count, unread_bytes)
VALUES (?1, 0, 0, 0)
