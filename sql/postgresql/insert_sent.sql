-- The last parameter has no meaning here.
INSERT INTO sent (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at)
SELECT send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at
FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[], $7::BIGINT[])
    AS q (send_user_id, client_id, receive_user_id, seq, sent_at, confirmed_at, id)
