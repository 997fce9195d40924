INSERT INTO sent (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at, id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
