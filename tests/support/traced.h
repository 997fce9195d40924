// SPDX-License-Identifier: MIT
// A server that is traced, and one who watches it.
#pragma once

#include "protocol/trace.h"
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QTest>

namespace parley::test {

inline const QByteArray AdminToken = QByteArrayLiteral("admin-token-of-tests");

inline void traced(app::Settings &settings)
{
    settings.traceEnabled = true;
    settings.adminToken = AdminToken;
}

inline QByteArray traceRequest(const QByteArray &headers, const QByteArray &query = {})
{
    return "GET /trace" + query + " HTTP/1.1\r\n" + UpgradeHeaders + headers + "\r\n";
}
inline QByteArray bearer(const QByteArray &token)
{
    return "Authorization: Bearer " + token + "\r\n";
}

// All that a step has, but for its moment, node and connection.
struct Wanted {
    protocol::TraceKind kind;
    qint64 user = 0;
    qint64 peer = 0;
    qint64 seq = 0;
    QByteArray clientId{};
    QByteArray cmd{};
    QByteArray code{};
};

inline bool isLike(const protocol::TraceEvent &step, const Wanted &wanted)
{
    return step.kind == wanted.kind && step.userId == UserId(wanted.user)
        && step.peerUserId == UserId(wanted.peer) && step.seq == Seq(wanted.seq)
        && step.clientId == wanted.clientId && step.cmd == wanted.cmd && step.code == wanted.code;
}

class TraceWatcher : public RawClient {
public:
    explicit TraceWatcher(const TestServer &server)
        : RawClient(server.port())
    {
        if (upgrade(traceRequest(bearer(AdminToken))).status != 101)
            QTest::qFail("the trace was not upgraded", __FILE__, __LINE__);
    }

    protocol::TraceEvent next()
    {
        const auto step = frame();
        if (!step || step->opcode != 1) {
            QTest::qFail("no step came", __FILE__, __LINE__);
            return {};
        }
        everything += step->payload + '\n';
        const auto event = protocol::decodeTraceEvent(step->payload);
        if (!event)
            QTest::qFail("not a step: " + step->payload, __FILE__, __LINE__);
        return event.value_or(protocol::TraceEvent());
    }

    // The next step is this one.
    protocol::TraceEvent expect(const Wanted &wanted)
    {
        const auto step = next();
        if (!isLike(step, wanted))
            QTest::qFail("another step was expected than " + protocol::encode(step) + ", of kind "
                    + protocol::name(wanted.kind).toByteArray(),
                __FILE__, __LINE__);
        return step;
    }

    // The next two are these, in this order or the other: HELLO does not wait for the table
    // `presence`. Returns the first one wanted.
    protocol::TraceEvent expectBoth(const Wanted &one, const Wanted &other)
    {
        const auto step = next();
        if (isLike(step, other))
            return expect(one);
        if (!isLike(step, one))
            QTest::qFail(
                "another step was expected than " + protocol::encode(step), __FILE__, __LINE__);
        expect(other);
        return step;
    }

    // All steps until the user is connected: greeted, and online in the table `presence`.
    void untilConnected(qint64 user)
    {
        bool isGreeted = false;
        bool isOnline = false;
        while (!isGreeted || !isOnline) {
            const auto step = next();
            if (step.node.isEmpty())
                return; // it has failed
            isGreeted =
                isGreeted || isLike(step, {protocol::TraceKind::Written, user, 0, 0, {}, "HELLO"});
            isOnline = isOnline
                || isLike(step, {protocol::TraceKind::Presence, user, 0, 0, {}, {}, "online"});
        }
    }

    // All steps up to the one of this kind and cmd (or code) of the user, with it.
    std::vector<protocol::TraceEvent> upTo(
        protocol::TraceKind kind, qint64 user, const QByteArray &cmdOrCode = {})
    {
        std::vector<protocol::TraceEvent> steps;
        do {
            steps.push_back(next());
            if (steps.back().node.isEmpty())
                return steps; // it has failed
        } while (steps.back().kind != kind || steps.back().userId != UserId(user)
            || (steps.back().cmd != cmdOrCode && steps.back().code != cmdOrCode));
        return steps;
    }

    QByteArray everything; // that was told
};

} // namespace parley::test
