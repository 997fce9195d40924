SELECT ?1, receive_user_id, seq, sent_at, confirmed_at
FROM sent
WHERE send_user_id = ?2 AND client_id = ?3
