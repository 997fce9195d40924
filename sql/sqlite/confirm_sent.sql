-- p6 is the row's number, which a message that was stored with schema 1 lacks. The key may have been
-- forgotten meanwhile, and even used again.
UPDATE OR FAIL sent
SET confirmed_at = p5
FROM input
WHERE id = coalesce(p6, (SELECT sent_id FROM sent_key WHERE send_user_id = p1 AND client_id = p2))
    AND receive_user_id = p3 AND seq = p4
