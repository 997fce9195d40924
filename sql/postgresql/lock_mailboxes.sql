-- Always in the same order, so that two nodes cannot wait for each other.
SELECT m.user_id, m.last_seq, m.unread_count, m.unread_bytes, u.enabled
FROM mailbox m
JOIN users u ON u.id = m.user_id
WHERE m.user_id = ANY ($1::BIGINT[])
ORDER BY m.user_id
FOR UPDATE OF m
