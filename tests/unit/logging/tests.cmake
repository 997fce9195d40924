foreach(name log lograte linewriter)
    parley_test(unit/logging ${name} parley-logging)
endforeach()
