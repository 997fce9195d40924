// SPDX-License-Identifier: MIT
#include "chat/steps.h"

#include "protocol/names.h"

#include <algorithm>

namespace parley::chat {
namespace {

using protocol::TraceEvent;
using protocol::TraceKind;

Seq highest(const std::vector<Seq> &seqs, std::optional<Seq> upTo)
{
    if (upTo || seqs.empty())
        return upTo.value_or(Seq());
    return *std::ranges::max_element(seqs);
}

TraceEvent stepOf(TraceKind kind, ConnectionId connection, UserId user)
{
    TraceEvent step;
    step.kind = kind;
    if (connection != ConnectionId())
        step.connectionId = wireText(connection);
    step.userId = user;
    return step;
}

TraceEvent about(const protocol::Message &message, TraceEvent step)
{
    step.peerUserId = message.sendUserId;
    step.seq = message.seq;
    step.clientId = message.clientId;
    return step;
}

void tellStored(trace::Tracer &tracer, ConnectionId asker, const storage::StoreMessage &message,
    const storage::Stored &stored)
{
    if (stored.duplicate)
        return;
    TraceEvent step = stepOf(TraceKind::Stored, asker, message.sender);
    step.peerUserId = message.receiver;
    step.seq = stored.seq;
    step.clientId = message.clientId;
    tracer.record(std::move(step));
}

void tellConfirmed(trace::Tracer &tracer, ConnectionId asker, const storage::Confirm &confirm,
    const storage::Confirmed &confirmed)
{
    TraceEvent step = stepOf(TraceKind::Confirmed, asker, confirm.user);
    step.seq = highest(confirm.seqs, confirm.upTo);
    tracer.record(std::move(step));
    for (const storage::Message &message : confirmed.removed) {
        TraceEvent removed = stepOf(TraceKind::Removed, asker, message.receiver);
        removed.peerUserId = message.sender;
        removed.seq = message.seq;
        removed.clientId = message.clientId;
        tracer.record(std::move(removed));
    }
}

void tellPresence(trace::Tracer &tracer, ConnectionId asker, const storage::WritePresence &presence)
{
    for (const storage::PresenceChange &change : presence.changes) {
        TraceEvent step = stepOf(TraceKind::Presence, asker, change.user);
        if (change.online)
            step.code = *change.online ? "online" : "offline";
        else
            step.cmd = protocol::commandName<protocol::Heartbeat>().toByteArray();
        tracer.record(std::move(step));
    }
}

} // namespace

QByteArray wireText(ConnectionId id)
{
    return QByteArray::number(id.value(), 16);
}

void tellCommit(trace::Tracer &tracer, const storage::Batch &batch)
{
    for (size_t i = 0; i < batch.operations.size(); ++i) {
        const storage::Operation &operation = batch.operations[i];
        const storage::Outcome &outcome = batch.outcomes[i];
        if (std::holds_alternative<storage::Refused>(outcome))
            continue;
        if (const auto *stored = std::get_if<storage::Stored>(&outcome))
            tellStored(tracer, operation.asker, std::get<storage::StoreMessage>(operation.action),
                *stored);
        else if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome))
            tellConfirmed(
                tracer, operation.asker, std::get<storage::Confirm>(operation.action), *confirmed);
        else if (const auto *presence = std::get_if<storage::WritePresence>(&operation.action))
            tellPresence(tracer, operation.asker, *presence);
    }
}

TraceEvent ConnectionSteps::step(TraceKind kind) const
{
    return stepOf(kind, m_id, m_user);
}

void ConnectionSteps::tellOpened() const
{
    m_tracer.record(step(TraceKind::Opened));
}

void ConnectionSteps::tellClosed(quint16 closeCode) const
{
    TraceEvent closed = step(TraceKind::Closed);
    closed.code = QByteArray::number(closeCode);
    m_tracer.record(std::move(closed));
}

void ConnectionSteps::tellReceived(const protocol::Request &request) const
{
    TraceEvent received = step(TraceKind::Received);
    received.cmd = protocol::name(request.command).toByteArray();
    if (const auto *send = std::get_if<protocol::Send>(&request.command)) {
        received.peerUserId = send->receiveUserId;
        received.clientId = send->clientId;
    } else if (const auto *confirm = std::get_if<protocol::Confirm>(&request.command)) {
        received.seq = highest(confirm->seqs, confirm->upTo);
    } else if (const auto *track = std::get_if<protocol::Track>(&request.command)) {
        received.clientId = track->clientId;
    }
    m_tracer.record(std::move(received));
}

void ConnectionSteps::tellRouted(const protocol::Message &message) const
{
    m_tracer.record(about(message, step(TraceKind::Routed)));
}

void ConnectionSteps::tellWritten(
    QByteArrayView cmd, UserId peer, Seq seq, const QByteArray &clientId) const
{
    TraceEvent written = step(TraceKind::Written);
    written.cmd = cmd.toByteArray();
    written.peerUserId = peer;
    written.seq = seq;
    written.clientId = clientId;
    m_tracer.record(std::move(written));
}

void ConnectionSteps::tellRefused(const protocol::Error &error) const
{
    TraceEvent refused = step(TraceKind::Error);
    refused.clientId = error.clientId;
    refused.code = name(error.code).toByteArray();
    m_tracer.record(std::move(refused));
}

void ConnectionSteps::tellFetched(const protocol::Messages &page) const
{
    for (const protocol::Message &message : page.messages)
        m_tracer.record(about(message, step(TraceKind::Fetched)));
}

void ConnectionSteps::tellPresenceRead(bool isWatch) const
{
    TraceEvent read = step(TraceKind::Presence);
    const auto cmd = isWatch ? protocol::commandName<protocol::Watch>()
                             : protocol::commandName<protocol::Status>();
    read.cmd = cmd.toByteArray();
    m_tracer.record(std::move(read));
}

} // namespace parley::chat
