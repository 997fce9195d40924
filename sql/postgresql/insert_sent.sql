INSERT INTO sent (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at)
SELECT * FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[])
