foreach(name admission epolldispatcher handshakes timerqueue)
    parley_test(unit/gateway ${name} parley-gateway)
endforeach()
