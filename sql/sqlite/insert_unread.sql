INSERT INTO unread (receive_user_id, seq, send_user_id, client_id, body, sent_at, receipt, sent_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
