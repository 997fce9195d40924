foreach(name login timesession frames limits shutdown vanishing)
    parley_test(integration ${name} parley-test-server)
endforeach()
parley_test(integration gate parley-test-server parley-scripted-store)
