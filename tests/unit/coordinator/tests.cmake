foreach(name notice watermark)
    parley_test(unit/coordinator ${name} parley-coordinator)
endforeach()
