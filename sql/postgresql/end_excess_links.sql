-- Parameters: user, how many connections they may have. The oldest of those that are too many.
DELETE FROM link l
USING (
    SELECT k.user_id, k.node_id, k.connection_id, q.most,
        row_number() OVER (PARTITION BY k.user_id ORDER BY k.since DESC, k.node_id, k.connection_id DESC) AS number
    FROM unnest($1::BIGINT[], $2::BIGINT[]) AS q (user_id, most)
    JOIN link k ON k.user_id = q.user_id
) numbered
WHERE l.user_id = numbered.user_id AND l.node_id = numbered.node_id
    AND l.connection_id = numbered.connection_id AND numbered.number > numbered.most
RETURNING l.user_id, l.node_id, l.connection_id
