# What an operator watches: the alerts, the dashboard, and their explanations, held against a real
# server and a real Prometheus.
set(python /usr/bin/python3 -B)
set(metrics ${CMAKE_CURRENT_SOURCE_DIR}/metrics)
add_test(NAME metrics.alerts COMMAND ${python} ${metrics}/alerts.py ${PROJECT_SOURCE_DIR})
add_test(NAME metrics.names
    COMMAND ${python} ${metrics}/names.py $<TARGET_FILE:parleyd> ${PROJECT_SOURCE_DIR})
add_test(NAME metrics.live
    COMMAND ${python} ${metrics}/live.py $<TARGET_FILE:parleyd> ${PROJECT_SOURCE_DIR})
set_tests_properties(metrics.alerts metrics.names metrics.live PROPERTIES LABELS metrics TIMEOUT 300)
