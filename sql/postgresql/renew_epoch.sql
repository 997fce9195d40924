UPDATE store_epoch SET epoch = replace(gen_random_uuid()::TEXT, '-', '')
