INSERT INTO users (id, name, password_hash, enabled)
SELECT id, name, password_hash, enabled <> 0
FROM unnest($1::BIGINT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[]) AS q (id, name, password_hash, enabled)
ON CONFLICT DO NOTHING
RETURNING id
