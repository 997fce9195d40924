UPDATE presence SET online = FALSE WHERE online
