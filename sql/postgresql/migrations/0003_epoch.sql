-- The store's life: another one after it was restored from a backup, for then seqs come again with other
-- messages.
CREATE TABLE store_epoch (epoch TEXT NOT NULL);
INSERT INTO store_epoch VALUES (replace(gen_random_uuid()::TEXT, '-', ''));
