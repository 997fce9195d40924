-- PostgreSQL checks its own pages.
SELECT 'ok'
