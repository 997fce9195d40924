foreach(name flows steps views)
    parley_test(gui diagram_${name} parley-diagram)
endforeach()
