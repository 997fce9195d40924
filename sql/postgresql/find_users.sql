SELECT id, name, password_hash, enabled
FROM users
WHERE name = ANY ($1::TEXT[])
