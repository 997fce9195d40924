foreach(name sending)
    parley_test(integration ${name} parley-test-server)
endforeach()
