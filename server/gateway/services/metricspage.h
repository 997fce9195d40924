// SPDX-License-Identifier: MIT
// What GET /metrics tells, in Prometheus' text format. docs/operations.md explains each.
#pragma once

#include <QByteArray>

namespace parley::gateway {

struct Services;

// Some hundreds of lines, whatever the server does: no label has a value from outside. Any thread.
QByteArray metricsPage(Services &);

} // namespace parley::gateway
