-- p1: n, p2: sender, p3: clientId, p4: the row's number or NULL if the key is not a recent one.
SELECT p1, receive_user_id, seq, sent_at, confirmed_at
FROM input
CROSS JOIN sent
    ON id = coalesce(p4, (SELECT sent_id FROM sent_key WHERE send_user_id = p2 AND client_id = p3))
