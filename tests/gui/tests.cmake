# No test: makes the pictures of docs/images (scripts/screenshots.sh).
add_executable(parley-screenshots gui/screenshots.cpp)
target_link_libraries(parley-screenshots PRIVATE parley-ui Qt6::Test)
