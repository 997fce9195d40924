-- The servers that share this database. Each has an id of its own for as long as it runs, and says
-- again and again that it does. Only the database's clock is used here.
CREATE TABLE node (
    id TEXT COLLATE "C" PRIMARY KEY, -- as in commit_mark
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    beat_at TIMESTAMPTZ NOT NULL
) WITH (fillfactor = 50);

-- The connections of each node. presence.online follows from them: a user is online while there is one.
-- (0 stands for all of them where a node does not tell them apart.)
CREATE TABLE link (
    user_id BIGINT NOT NULL,
    node_id TEXT COLLATE "C" NOT NULL,
    connection_id BIGINT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, node_id, connection_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX link_by_node ON link (node_id);

-- Nobody was told of by a node so far.
UPDATE presence SET online = FALSE WHERE online;
