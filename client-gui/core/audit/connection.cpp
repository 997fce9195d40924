// SPDX-License-Identifier: MIT
#include "audit/connection.h"

namespace parley::audit {

bool answers(const protocol::Sent &sent, const Asked &one)
{
    return one.what == Asked::What::Send && one.clientId == sent.clientId
        && one.receiver == sent.receiveUserId && one.ref == sent.ref;
}

bool answers(const protocol::Messages &page, const Asked &one)
{
    return one.what == Asked::What::Fetch && one.ref == page.ref;
}

bool answers(const protocol::Confirmed &answer, const Asked &one)
{
    return one.what == Asked::What::Confirm && one.ref == answer.ref;
}

bool answers(const protocol::Tracked &answer, const Asked &one)
{
    return one.what == Asked::What::Track && one.ref == answer.ref
        && one.clientId == answer.clientId;
}

bool answers(const protocol::HeartbeatReply &answer, const Asked &one)
{
    return one.what == Asked::What::Heartbeat && one.ref == answer.ref;
}

bool answers(const protocol::StatusReply &answer, const Asked &one)
{
    // Without a ref it may be a WATCH's news, which answers nothing.
    return !answer.ref.isNull()
        && (one.what == Asked::What::Status || one.what == Asked::What::Watch)
        && one.ref == answer.ref;
}

bool isNameless(const protocol::Error &error)
{
    return error.ref.isNull() && error.clientId.isNull();
}

bool answers(const protocol::Error &error, const Asked &one)
{
    // Without a name it may be any of those that are as nameless.
    return !isNameless(error) && one.ref == error.ref
        && (error.clientId.isNull() || one.clientId == error.clientId);
}

void Connection::writeOff(Seq seq)
{
    if (next > Seq())
        next = seq.next();
    else
        page.add(seq);
}

} // namespace parley::audit
