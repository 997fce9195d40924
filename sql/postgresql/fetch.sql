-- Parameters: n, user, after, how many rows, bytes. At least one row for each, with a NULL seq when
-- there is no message; and one message more than is wanted by its bytes (which is one at least), to
-- tell that there is one.
-- The mailbox's last seq comes with the messages, so that it is of the same moment.
SELECT q.n, m.last_seq, u.seq, u.send_user_id, u.client_id, u.body, u.sent_at, u.receipt
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[])
    AS q (n, user_id, after, row_limit, max_bytes)
LEFT JOIN mailbox m ON m.user_id = q.user_id
LEFT JOIN LATERAL (
    SELECT *, sum(octet_length(body)) OVER (ORDER BY seq) - octet_length(body) AS size_before,
        row_number() OVER (ORDER BY seq) AS number
    FROM (
        SELECT *
        FROM unread
        WHERE receive_user_id = q.user_id AND seq > q.after
        ORDER BY seq
        LIMIT q.row_limit
    ) first_rows
) u ON u.size_before <= q.max_bytes OR u.number <= 2
ORDER BY q.n, u.seq
