-- The key may have been forgotten meanwhile, and even used again. The last parameter has no meaning here.
UPDATE sent s
SET confirmed_at = q.confirmed_at
FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[])
    AS q (send_user_id, client_id, receive_user_id, seq, confirmed_at, id)
WHERE s.send_user_id = q.send_user_id AND s.client_id = q.client_id
    AND s.receive_user_id = q.receive_user_id AND s.seq = q.seq
