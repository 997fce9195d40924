UPDATE store_epoch SET epoch = lower(hex(randomblob(16)))
