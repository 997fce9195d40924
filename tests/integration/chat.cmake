foreach(name receiving confirming receipts presence restart ordering stress)
    parley_test(integration ${name} parley-test-server)
endforeach()
