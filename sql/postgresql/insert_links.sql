-- Parameters as in remove_links. Of a node that others have forgotten nothing: it will join again, and tell
-- all of its connections. The lock makes who forgets it wait, or it waits for them.
WITH joined AS (
    SELECT id FROM node WHERE id = ANY ($2::TEXT[]) FOR KEY SHARE
)
INSERT INTO link (user_id, node_id, connection_id, since)
SELECT q.user_id, q.node_id, q.connection_id, clock_timestamp()
FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[]) AS q (user_id, node_id, connection_id)
JOIN joined ON joined.id = q.node_id
WHERE q.connection_id IS NOT NULL
ON CONFLICT DO NOTHING
