foreach(name commands badframes replies fitting login trace)
    parley_test(unit/protocol ${name} parley-protocol)
endforeach()
