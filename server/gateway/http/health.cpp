// SPDX-License-Identifier: MIT
// GET /healthz: the process runs. GET /readyz: it can serve.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"

namespace parley::http {

Task health(Exchange &exchange)
{
    exchange.respond({200, "{\"status\":\"up\"}"});
    return {};
}

Task ready(Exchange &exchange)
{
    if (exchange.isStopping())
        co_return;
    if (!exchange.services().storage.isAvailable())
        co_return exchange.refuseForStore();
    exchange.ask(storage::ReadMailbox{UserId(1)}); // any question will do
    const auto mailbox = co_await exchange.answer<storage::Mailbox>();
    if (mailbox)
        exchange.respond({200, "{\"status\":\"ready\"}"});
}

} // namespace parley::http
