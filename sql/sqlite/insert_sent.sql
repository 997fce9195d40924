INSERT INTO sent (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
