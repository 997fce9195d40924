DELETE FROM node n USING unnest($1::TEXT[]) AS q (id) WHERE n.id = q.id
