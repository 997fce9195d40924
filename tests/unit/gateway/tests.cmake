foreach(name admission epolldispatcher timerqueue)
    parley_test(unit/gateway ${name} parley-gateway)
endforeach()
