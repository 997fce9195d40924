SELECT id, send_user_id, client_id FROM sent WHERE id > (SELECT sent_id FROM sent_key_last)
