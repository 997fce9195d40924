UPDATE mailbox SET last_seq = ?2, unread_count = ?3, unread_bytes = ?4 WHERE user_id = ?1
