foreach(name mailboxfeed ratelimiter strikes directory)
    parley_test(unit chat_${name} parley-chat)
endforeach()
# A store that fails as it is told.
add_library(parley-scripted-store STATIC support/scriptedstore.cpp support/scriptedstore.h)
target_link_libraries(parley-scripted-store PUBLIC parley-storage)
target_include_directories(parley-scripted-store PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
parley_test(unit storagethread parley-scripted-store)
parley_test(unit storagepatience parley-scripted-store)
