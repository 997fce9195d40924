foreach(name header forwarded)
    parley_test(unit/proxy ${name} parley-proxy)
endforeach()
