UPDATE users u
SET password_hash = coalesce(q.password_hash, u.password_hash), enabled = coalesce(q.enabled <> 0, u.enabled)
FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[]) AS q (name, password_hash, enabled)
WHERE u.name = q.name
RETURNING u.id
