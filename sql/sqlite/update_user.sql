UPDATE users
SET password_hash = coalesce(?2, password_hash), enabled = coalesce(?3, enabled)
WHERE name = ?1
RETURNING id
