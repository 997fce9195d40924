-- Looks only at the oldest ones, which begin with the smallest id. Their keys go by themselves.
DELETE FROM sent
WHERE id IN (SELECT id FROM (SELECT id, sent_at FROM sent ORDER BY id LIMIT ?1) WHERE sent_at < ?2)
RETURNING 1
