// SPDX-License-Identifier: MIT
// What all gateways share. Everything here may be used from any thread.
#pragma once

#include "chat/directory.h"
#include "coordinator/coordinator.h"
#include "gateway/proxy/networks.h"
#include "gateway/services/admission.h"
#include "gateway/services/metrics.h"
#include "gateway/websocket/load.h"
#include "session/passwordhasher.h"
#include "session/sessionbinding.h"
#include "session/throttle.h"
#include "session/timesessionkeys.h"
#include "storage/storagethread.h"
#include "trace/tracer.h"

#include <atomic>

namespace parley::gateway {

struct Policy {
    Limits limits;
    session::TimeSessionRule timeSessions;
    std::chrono::hours loginSessionLife{24 * 30};
    std::vector<QByteArray> allowedOrigins; // empty: any
    bool metricsPublic = false; // else only to loopback
    // Whose connections begin with a PROXY header; whose requests say for whom they are.
    proxy::Networks headerProxies;
    proxy::Networks forwardingProxies;
    std::optional<QByteArray> traceToken; // unset: there is no trace
    QByteArray node; // names this process
    QByteArray version; // of the program
    session::PasswordHasher::Strength hashing = session::PasswordHasher::Strength::Interactive;
};

struct Services {
    Services(const Policy &policy, const Clock &clock, storage::StorageThread &storage,
        std::unique_ptr<coordinator::Coordinator> coordinator)
        : policy(policy)
        , clock(clock)
        , storage(storage)
        , tracer(policy.node)
        , coordinator(std::move(coordinator))
        , directory(storage, clock, policy.limits.connectionsPerUser, this->coordinator->isShared())
        , timeSessions(policy.timeSessions)
        , bindings(session::lifetime(policy.timeSessions))
        , hasher(2, policy.hashing)
        , admission(policy.limits)
    {
    }

    const Policy policy;
    const Clock &clock;
    storage::StorageThread &storage;
    trace::Tracer tracer;
    const std::unique_ptr<coordinator::Coordinator> coordinator;
    chat::Directory directory;
    session::TimeSessionKeys timeSessions; // those of the policy, until others take their place
    session::SessionBindings bindings;
    session::Throttle throttle;
    session::PasswordHasher hasher;
    Admission admission;
    websocket::Load load{limits::BufferBytes};
    Metrics metrics;
    std::atomic<int> arriving = 0; // sockets on their way to a gateway
    std::atomic<bool> isStopping = false;
};

} // namespace parley::gateway
