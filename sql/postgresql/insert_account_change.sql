INSERT INTO account_change (id, user_id, scope, session_hash, at)
SELECT * FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::TEXT[], $5::BIGINT[])
