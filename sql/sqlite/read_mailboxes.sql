SELECT ?1, unread_count, (SELECT min(seq) FROM unread WHERE receive_user_id = ?2), last_seq, unread_bytes,
    (SELECT epoch FROM store_epoch)
FROM mailbox
WHERE user_id = ?2
