// SPDX-License-Identifier: MIT
// GET /metrics, in Prometheus' text format.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"
#include "gateway/services/metricspage.h"

namespace parley::http {

Task metrics(Exchange &exchange)
{
    gateway::Services &services = exchange.services();
    if (exchange.peer().isLoopback || services.policy.metricsPublic)
        exchange.respond({200, gateway::metricsPage(services),
            QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8")});
    else
        exchange.refuse(ErrorCode::NotFound);
    return {};
}

} // namespace parley::http
