foreach(name filter text files)
    parley_test(gui inspector_${name} parley-frames Qt6::Widgets)
endforeach()
