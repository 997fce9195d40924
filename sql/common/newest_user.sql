SELECT max(id) FROM users
