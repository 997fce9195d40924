-- Without telling what was removed.
DELETE FROM unread u
USING unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS q (user_id, first_seq, last_seq)
WHERE u.receive_user_id = q.user_id AND u.seq BETWEEN q.first_seq AND q.last_seq
