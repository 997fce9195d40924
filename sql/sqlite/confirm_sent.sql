-- The last parameter is the row's number, which a message that was stored with schema 1 lacks. The key
-- may have been forgotten meanwhile, and even used again.
UPDATE sent
SET confirmed_at = ?5
WHERE id = coalesce(?6, (SELECT sent_id FROM sent_key WHERE send_user_id = ?1 AND client_id = ?2))
    AND receive_user_id = ?3 AND seq = ?4
