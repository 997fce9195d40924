-- Ranges of seqs, none of which meets another.
SELECT receive_user_id, seq, send_user_id, client_id, sent_at, receipt, length(CAST(body AS BLOB)), sent_id
FROM input
CROSS JOIN unread ON receive_user_id = p1 AND seq BETWEEN p2 AND p3;
-- Not with RETURNING, which would copy the rows to a table of their own.
DELETE FROM unread
WHERE receive_user_id = ?1 AND seq BETWEEN ?2 AND ?3
