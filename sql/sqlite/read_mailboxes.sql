SELECT ?1, unread_count, (SELECT min(seq) FROM unread WHERE receive_user_id = ?2), last_seq
FROM mailbox
WHERE user_id = ?2
