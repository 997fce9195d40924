-- Parameters: after whom, how many mailboxes. One row.
SELECT count(*), coalesce(sum(unread_count), 0)::BIGINT, coalesce(sum(unread_bytes), 0)::BIGINT, max(user_id),
    min(first_sent_at)
FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (after, row_limit)
CROSS JOIN LATERAL (
    SELECT m.user_id, m.unread_count, m.unread_bytes,
        CASE WHEN m.unread_count > 0
            THEN (SELECT sent_at FROM unread WHERE receive_user_id = m.user_id ORDER BY seq LIMIT 1)
        END AS first_sent_at
    FROM mailbox m
    WHERE m.user_id > q.after
    ORDER BY m.user_id
    LIMIT q.row_limit
) box
