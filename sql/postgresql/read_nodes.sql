SELECT n.id, n.name, n.version, (extract(EPOCH FROM n.since) * 1000)::BIGINT,
    (extract(EPOCH FROM n.beat_at) * 1000)::BIGINT, (extract(EPOCH FROM now()) * 1000)::BIGINT,
    (SELECT count(*) FROM link l WHERE l.node_id = n.id)
FROM node n
ORDER BY n.since, n.id
