// SPDX-License-Identifier: MIT
#pragma once

#include "client/chatclient.h"
#include "support/fakeserver.h"

namespace parley::test {

// Of bob, with a session, who comes back soon.
inline client::Options options(const FakeServer &server)
{
    using namespace std::chrono_literals;
    client::Options options;
    options.server = server.url();
    options.identity = client::Ticket{UserId(2), "p1_session"};
    options.backoff = {1ms, 10ms, 10s};
    return options;
}

// The same, who logs in.
inline client::Options loginOptions(const FakeServer &server)
{
    client::Options login = options(server);
    login.identity = protocol::Credentials{"bob", "say \"please\""};
    return login;
}

} // namespace parley::test
