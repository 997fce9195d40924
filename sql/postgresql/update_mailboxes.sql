UPDATE mailbox m
SET last_seq = q.last_seq, unread_count = q.unread_count, unread_bytes = q.unread_bytes
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[])
    AS q (user_id, last_seq, unread_count, unread_bytes)
WHERE m.user_id = q.user_id
