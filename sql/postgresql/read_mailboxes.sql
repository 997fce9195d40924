SELECT q.n, m.unread_count, (SELECT min(seq) FROM unread WHERE receive_user_id = q.user_id), m.last_seq,
    m.unread_bytes, (SELECT epoch FROM store_epoch)
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (n, user_id)
JOIN mailbox m ON m.user_id = q.user_id
