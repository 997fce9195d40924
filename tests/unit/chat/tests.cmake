foreach(name mailboxfeed ratelimiter strikes directory cost budget)
    parley_test(unit/chat ${name} parley-chat)
endforeach()
