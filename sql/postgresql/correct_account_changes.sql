-- Parameters: how many of the oldest, what is ahead of it is wrong, now.
UPDATE account_change d
SET at = q.now
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS q (row_limit, latest, now)
    CROSS JOIN LATERAL (SELECT id, at FROM account_change ORDER BY id LIMIT q.row_limit) oldest
WHERE d.id = oldest.id AND oldest.at > q.latest
