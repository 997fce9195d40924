-- Of a node, those of these users that are not among these. Parameters: user, node, connection or NULL.
DELETE FROM link l
USING (SELECT DISTINCT user_id, node_id FROM unnest($1::BIGINT[], $2::TEXT[]) AS q (user_id, node_id)) whose
WHERE l.user_id = whose.user_id AND l.node_id = whose.node_id AND NOT EXISTS (
    SELECT 1
    FROM unnest($1::BIGINT[], $3::BIGINT[]) AS q (user_id, connection_id)
    WHERE q.user_id = l.user_id AND q.connection_id = l.connection_id
)
