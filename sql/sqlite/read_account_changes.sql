SELECT user_id, scope, session_hash, id
FROM account_change
WHERE id > ?1 AND id <= ?2
ORDER BY id
