INSERT INTO node (id, name, version, since, beat_at)
SELECT id, name, version, now(), now() FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[]) AS q (id, name, version)
ON CONFLICT (id) DO UPDATE SET beat_at = now()
