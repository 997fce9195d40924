-- p1: sender, p2: clientId, p3: the row's number; sorted, so that each page of the index is found and
-- written once. No key is there twice; if one were, the first would count, and a check would tell.
INSERT OR IGNORE INTO sent_key (send_user_id, client_id, sent_id)
SELECT p1, p2, p3 FROM input;
UPDATE sent_key_last SET sent_id = (SELECT max(p3) FROM input)
