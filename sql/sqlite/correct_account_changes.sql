-- Parameters: how many of the oldest, what is ahead of it is wrong, now.
UPDATE account_change SET at = ?3
WHERE id IN (SELECT id FROM (SELECT id, at FROM account_change ORDER BY id LIMIT ?1) WHERE at > ?2)
