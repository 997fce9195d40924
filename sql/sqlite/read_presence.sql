SELECT ?1, online, last_seen FROM presence WHERE user_id = ?2
