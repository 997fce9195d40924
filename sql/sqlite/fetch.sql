-- Parameters: n, user, after, how many rows, bytes (the reader stops by itself). At least one row for
-- each who has a mailbox, with a NULL seq when there is no message.
-- The mailbox's last seq comes with the messages, so that it is of the same moment.
SELECT ?1, m.last_seq, u.seq, u.send_user_id, u.client_id, u.body, u.sent_at, u.receipt
FROM mailbox m
LEFT JOIN unread u ON u.receive_user_id = m.user_id AND u.seq > ?3
WHERE m.user_id = ?2
ORDER BY u.seq
LIMIT ?4
