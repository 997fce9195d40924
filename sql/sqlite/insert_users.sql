INSERT INTO users (id, name, password_hash, enabled)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING
RETURNING id
