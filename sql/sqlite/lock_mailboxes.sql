SELECT m.user_id, m.last_seq, m.unread_count, m.unread_bytes, u.enabled
FROM mailbox m
JOIN users u ON u.id = m.user_id
WHERE m.user_id = ?1
