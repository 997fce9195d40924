SELECT id, name, password_hash, enabled FROM users ORDER BY id
