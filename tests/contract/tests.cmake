file(GLOB suite CONFIGURE_DEPENDS contract/suite/*.cpp contract/suite/*.h)
add_library(parley-store-contract STATIC ${suite})
target_link_libraries(parley-store-contract PUBLIC parley-storage parley-test-support Qt6::Test)
target_include_directories(parley-store-contract PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/contract)
parley_test_library(parley-store-contract AUTOMOC ON)

parley_test(contract ownpostgres parley-test-support)
parley_test(contract memory parley-store-contract)
parley_test(contract sqlite parley-store-contract parley-sqlite-file)
parley_test(contract postgresql parley-store-contract parley-sql)
# A server's round trips, some hundred thousand of them.
set_tests_properties(contract.postgresql PROPERTIES TIMEOUT 900)
