-- Sorted, so that each page of the index is found and written once. No key is there twice; if one were,
-- the first would count, and a check would tell.
INSERT INTO sent_key (send_user_id, client_id, sent_id)
SELECT send_user_id, client_id, id
FROM sent
WHERE id > (SELECT sent_id FROM sent_key_last)
ORDER BY send_user_id, client_id
ON CONFLICT DO NOTHING;
UPDATE sent_key_last SET sent_id = ?1
