-- Parameters: n, sender, clientId, and the row's number or NULL if the key is not a recent one.
SELECT ?1, receive_user_id, seq, sent_at, confirmed_at
FROM sent
WHERE id = coalesce(?4, (SELECT sent_id FROM sent_key WHERE send_user_id = ?2 AND client_id = ?3))
