// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame.h"

#include <QQueue>

#include <optional>

namespace parley::chat {

// The commands that a connection has not answered yet, in the order in which they came, which is
// the order of the answers. Allocates nothing before its first use, and little for questions to the
// store, so that many idle connections cost little.
class Pending {
public:
    enum class Kind : quint8 {
        Question, // to the store
        Watch, // likewise; its users are watched from its answer on
        Reply, // that needs no store, and waits for its turn
    };

    bool isEmpty() const { return m_kinds.isEmpty(); }
    qsizetype replies() const { return m_replies.size(); }

    void ask(Kind question) { m_kinds.enqueue(question); }
    void reply(Frame &&frame)
    {
        m_kinds.enqueue(Kind::Reply);
        m_replies.push_back(std::move(frame));
    }

    // The store answers the oldest question, which is the first entry. After taking it, the caller
    // takes the replies that follow it, too.
    Kind takeQuestion() { return m_kinds.dequeue(); }
    // Of a reply whose turn it is.
    std::optional<Frame> takeReply()
    {
        if (m_kinds.isEmpty() || m_kinds.head() != Kind::Reply)
            return std::nullopt;
        m_kinds.dequeue();
        return m_replies.dequeue();
    }
    // Gives back what is kept for more.
    void squeeze()
    {
        m_kinds.squeeze();
        m_replies.squeeze();
    }

private:
    QQueue<Kind> m_kinds;
    QQueue<Frame> m_replies; // one for each Kind::Reply
};

} // namespace parley::chat
