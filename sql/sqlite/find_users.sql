SELECT id, name, password_hash, enabled
FROM users
WHERE name = ?1
