-- Looks only at the oldest ones, which begin with the smallest id.
DELETE FROM account_change
WHERE id IN (SELECT id FROM (SELECT id, at FROM account_change ORDER BY id LIMIT ?1) WHERE at < ?2)
RETURNING 1
