# The load generator: its parts are a library, so that they can be tested without a server.
file(GLOB bench_parts CONFIGURE_DEPENDS bench/*.cpp bench/*.h)
list(FILTER bench_parts EXCLUDE REGEX "/main\\.cpp$")
add_library(parley-bench-parts STATIC ${bench_parts})
target_link_libraries(parley-bench-parts PUBLIC parley-core PRIVATE OpenSSL::SSL)
target_include_directories(parley-bench-parts PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
parley_test_library(parley-bench-parts AUTOMOC OFF)

add_executable(parley-bench bench/main.cpp)
target_link_libraries(parley-bench PRIVATE parley-bench-parts CLI11::CLI11)
install(TARGETS parley-bench COMPONENT bench)
