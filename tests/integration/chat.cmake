foreach(name receiving confirming receipts presence restart ordering)
    parley_test(integration ${name} parley-test-server)
endforeach()
