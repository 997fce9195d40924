SELECT CAST(coalesce(sum(unread_count), 0) AS BIGINT), CAST(coalesce(sum(unread_bytes), 0) AS BIGINT)
FROM mailbox
