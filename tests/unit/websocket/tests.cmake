parley_test(unit/websocket framereader parley-websocket parley-raw-client)
foreach(name connection handshake)
    parley_test(unit/websocket ${name} parley-websocket)
endforeach()
