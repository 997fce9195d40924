-- Parameters: how many of the oldest, what is ahead of it is wrong, now.
UPDATE sent SET sent_at = ?3
WHERE id IN (SELECT id FROM (SELECT id, sent_at FROM sent ORDER BY id LIMIT ?1) WHERE sent_at > ?2)
