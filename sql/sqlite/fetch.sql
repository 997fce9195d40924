-- Parameters: n, user, after, how many rows, bytes. At least one row for each, with a NULL seq when
-- there is no message; and one message more than is wanted by its bytes (which is one at least), to
-- tell that there is one.
-- The mailbox's last seq comes with the messages, so that it is of the same moment.
SELECT ?1, m.last_seq, u.seq, u.send_user_id, u.client_id, u.body, u.sent_at, u.receipt
FROM (SELECT 1)
LEFT JOIN mailbox m ON m.user_id = ?2
LEFT JOIN (
    SELECT *, sum(size) OVER (ORDER BY seq) - size AS size_before,
        row_number() OVER (ORDER BY seq) AS number
    FROM (
        SELECT *, length(CAST(body AS BLOB)) AS size
        FROM unread
        WHERE receive_user_id = ?2 AND seq > ?3
        ORDER BY seq
        LIMIT ?4
    )
) u ON u.size_before <= ?5 OR u.number <= 2
ORDER BY u.seq
