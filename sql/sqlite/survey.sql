-- Parameters: after whom, how many mailboxes. One row.
SELECT count(*), coalesce(sum(unread_count), 0), coalesce(sum(unread_bytes), 0), max(user_id), min(first_sent_at)
FROM (
    SELECT user_id, unread_count, unread_bytes,
        CASE WHEN unread_count > 0
            THEN (SELECT sent_at FROM unread WHERE receive_user_id = user_id ORDER BY seq LIMIT 1)
        END AS first_sent_at
    FROM mailbox
    WHERE user_id > ?1
    ORDER BY user_id
    LIMIT ?2)
