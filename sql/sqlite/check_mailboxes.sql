-- The mailboxes that disagree with what is in unread.
SELECT m.user_id
FROM mailbox m
LEFT JOIN (
    SELECT receive_user_id, count(*) AS messages, sum(length(CAST(body AS BLOB))) AS bytes, max(seq) AS last_seq
    FROM unread
    GROUP BY receive_user_id
) u ON u.receive_user_id = m.user_id
WHERE m.unread_count <> coalesce(u.messages, 0)
    OR m.unread_bytes <> coalesce(u.bytes, 0)
    OR m.last_seq < coalesce(u.last_seq, 0)
UNION
SELECT receive_user_id FROM unread WHERE receive_user_id NOT IN (SELECT user_id FROM mailbox)
UNION
SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM mailbox)
LIMIT 10
