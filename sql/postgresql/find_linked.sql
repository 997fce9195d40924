SELECT DISTINCT l.user_id FROM unnest($1::TEXT[]) AS q (node_id) JOIN link l ON l.node_id = q.node_id
