-- The senders of keys that the index lacks or has too much. (Those of the last rows are not in it yet.)
SELECT s.send_user_id
FROM sent s
LEFT JOIN sent_key k ON k.send_user_id = s.send_user_id AND k.client_id = s.client_id
WHERE s.id <= (SELECT sent_id FROM sent_key_last) AND k.sent_id IS NOT s.id
UNION
SELECT k.send_user_id FROM sent_key k WHERE k.sent_id NOT IN (SELECT id FROM sent)
UNION
SELECT 0 WHERE (SELECT count(*) FROM sent_key_last) <> 1
LIMIT 10
