parley_test(unit trace_tracer parley-trace)
parley_test(unit codec_trace parley-protocol)
