-- Parameters: now, tolerance, whether it is confirmed. A row comes back if the time is believed.
UPDATE confirmed_time t
SET at = CASE WHEN t.at IS NULL OR q.now > t.at OR q.now < t.at - q.tolerance THEN q.now ELSE t.at END
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS q (now, tolerance, confirmed)
WHERE q.confirmed <> 0 OR t.at IS NULL OR q.now BETWEEN t.at - q.tolerance AND t.at + q.tolerance
RETURNING t.at
