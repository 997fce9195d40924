-- The last parameter has no meaning here.
SELECT q.n, s.receive_user_id, s.seq, s.sent_at, s.confirmed_at
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::TEXT[], $4::BIGINT[]) AS q (n, send_user_id, client_id, id)
JOIN sent s ON s.send_user_id = q.send_user_id AND s.client_id = q.client_id
