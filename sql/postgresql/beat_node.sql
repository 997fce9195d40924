-- No row: others have found this node dead, and have forgotten it.
UPDATE node n SET beat_at = now() FROM unnest($1::TEXT[]) AS q (id) WHERE n.id = q.id RETURNING 1
