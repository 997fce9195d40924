-- The last parameter has no meaning here.
INSERT INTO unread (receive_user_id, seq, send_user_id, client_id, body, sent_at, receipt)
SELECT receive_user_id, seq, send_user_id, client_id, body, sent_at, receipt <> 0
FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::TEXT[], $5::TEXT[], $6::BIGINT[], $7::BIGINT[],
    $8::BIGINT[])
    AS q (receive_user_id, seq, send_user_id, client_id, body, sent_at, receipt, sent_id)
