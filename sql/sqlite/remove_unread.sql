DELETE FROM unread
WHERE receive_user_id = ?1 AND seq BETWEEN ?2 AND ?3
RETURNING receive_user_id, seq, send_user_id, client_id, sent_at, receipt, length(CAST(body AS BLOB))
