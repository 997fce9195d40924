-- PostgreSQL takes one lock for all who notify, and keeps it until the commit: this has its own.
SELECT pg_notify('parley', notice)::TEXT FROM unnest($1::TEXT[]) AS q (notice)
