# What tests of several folders need: real servers to test against.
add_library(parley-test-support STATIC support/postgres.cpp support/postgres.h
    support/serveraccount.cpp support/serveraccount.h
    support/pgbouncer.cpp support/pgbouncer.h support/why.h
    support/daemon.cpp support/daemon.h support/relay.cpp support/relay.h
    support/freeport.cpp support/freeport.h support/proxy.cpp support/proxy.h)
target_link_libraries(parley-test-support PUBLIC parley-core Qt6::Network PRIVATE PkgConfig::pq)
target_include_directories(parley-test-support PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(parley-test-support PRIVATE PARLEY_DOCS="${PROJECT_SOURCE_DIR}/docs")

# Certificates for TLS.
add_library(parley-certificates STATIC support/certificates.cpp support/certificates.h)
target_link_libraries(parley-certificates PUBLIC Qt6::Network)
target_include_directories(parley-certificates PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# A file of SQLite's, and who else uses it.
add_library(parley-sqlite-file STATIC support/sqlitefile.cpp support/sqlitefile.h support/stores.h)
target_link_libraries(parley-sqlite-file PUBLIC parley-sql PRIVATE PkgConfig::sqlite)
target_include_directories(parley-sqlite-file PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# HTTP and WebSocket byte by byte.
add_library(parley-raw-client STATIC support/rawclient.cpp support/rawclient.h support/badrequests.h)
target_link_libraries(parley-raw-client PUBLIC Qt6::Network PRIVATE Qt6::Test)
target_include_directories(parley-raw-client PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# A whole server in the test's process, and clients that talk to it.
add_library(parley-test-server STATIC support/testserver.cpp support/testserver.h
    support/testclient.cpp support/testclient.h support/traced.h)
target_link_libraries(parley-test-server PUBLIC parley-app parley-test-support parley-raw-client
    Qt6::Test)

# A store that fails as it is told.
add_library(parley-scripted-store STATIC support/scriptedstore.cpp support/scriptedstore.h)
target_link_libraries(parley-scripted-store PUBLIC parley-storage)
target_include_directories(parley-scripted-store PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# A gateway's chat without threads and sockets.
add_library(parley-chat-scene STATIC support/chatscene.cpp support/chatscene.h)
target_link_libraries(parley-chat-scene PUBLIC parley-chat)
target_include_directories(parley-chat-scene PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# A server that answers as it is told.
add_library(parley-fake-server STATIC support/fakeserver.cpp support/fakeserver.h)
target_link_libraries(parley-fake-server PUBLIC parley-protocol Qt6::Test Qt6::WebSockets)
target_include_directories(parley-fake-server PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

foreach(library parley-test-support parley-certificates parley-sqlite-file parley-raw-client
        parley-test-server parley-scripted-store parley-chat-scene)
    parley_test_library(${library} AUTOMOC OFF)
endforeach()
parley_test_library(parley-fake-server AUTOMOC ON)
