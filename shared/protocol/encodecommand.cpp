// SPDX-License-Identifier: MIT
#include "protocol/codec.h"
#include "protocol/write.h"

namespace parley::protocol {
namespace {

template <class T> void appendIds(QByteArray &out, const std::vector<T> &ids)
{
    appendList(out, ids, [&out](T id) { appendNumber(out, id.value()); });
}

void members(QByteArray &out, const Send &send)
{
    out.reserve(send.body.size() + 256);
    member(out, ",\"receiveUserId\":", send.receiveUserId);
    member(out, ",\"body\":", send.body);
    optionalMember(out, ",\"clientId\":", send.clientId);
    if (send.receipt)
        out.append(",\"receipt\":true");
}

void members(QByteArray &out, const Confirm &confirm)
{
    if (confirm.upTo) {
        member(out, ",\"upTo\":", *confirm.upTo);
    } else {
        out.append(",\"seqs\":");
        appendIds(out, confirm.seqs);
    }
}

void members(QByteArray &out, const Fetch &fetch)
{
    member(out, ",\"after\":", fetch.after);
    if (fetch.limit > 0)
        member(out, ",\"limit\":", fetch.limit);
}

void members(QByteArray &out, const Track &track)
{
    member(out, ",\"clientId\":", track.clientId);
}

void members(QByteArray &, const Heartbeat &) { }

void members(QByteArray &out, const Status &status)
{
    out.append(",\"userIds\":");
    appendIds(out, status.userIds);
}

void members(QByteArray &out, const Watch &watch)
{
    members(out, Status{watch.userIds});
}

} // namespace

QByteArray encode(const Request &request)
{
    QByteArray out;
    member(out, "{\"cmd\":", name(request.command));
    std::visit([&out](const auto &command) { members(out, command); }, request.command);
    end(out, request.ref);
    return out;
}

} // namespace parley::protocol
