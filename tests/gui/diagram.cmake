foreach(name flows steps views)
    parley_test(gui diagram_${name} parley-diagram)
endforeach()
parley_test(gui diagram_widgets parley-ui)
