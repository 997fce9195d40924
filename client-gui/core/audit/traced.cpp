// SPDX-License-Identifier: MIT
#include "audit/traced.h"

namespace parley::audit {

using protocol::TraceKind;

void Traced::forgetMessages()
{
    m_messages.clear();
    m_order.clear();
}

void Traced::forgetAll()
{
    forgetMessages();
    m_confirmers.clear();
}

const Traced::Message *Traced::find(UserId mailbox, Seq seq) const
{
    const auto found = m_messages.find({mailbox, seq});
    return found == m_messages.end() ? nullptr : &found->second;
}

Traced::Message &Traced::at(UserId mailbox, Seq seq)
{
    const Place place(mailbox, seq);
    const auto [found, isNew] = m_messages.try_emplace(place);
    if (isNew) {
        m_order.push_back(place);
        if (m_order.size() > MostMessages) {
            m_messages.erase(m_order.front());
            m_order.pop_front();
        }
    }
    return found->second;
}

void Traced::note(const protocol::TraceEvent &event)
{
    if (event.kind == TraceKind::Received && event.cmd == "CONFIRM")
        m_confirmers.insert(event.userId);
    if (event.seq == Seq())
        return;
    if (event.kind == TraceKind::Stored) {
        Message &message = at(event.peerUserId, event.seq);
        message.isStored = true;
        message.clientId = event.clientId;
    } else if (event.kind == TraceKind::Fetched
        || (event.kind == TraceKind::Written && event.cmd == "MESSAGE")) {
        at(event.userId, event.seq).isSeen = true;
    } else if (event.kind == TraceKind::Written && event.cmd == "SENT") {
        at(event.peerUserId, event.seq).isSeen = true;
    }
}

} // namespace parley::audit
