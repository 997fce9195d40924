foreach(name framereader http admission gate)
    parley_test(unit gateway_${name} parley-gateway)
endforeach()
