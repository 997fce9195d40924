// SPDX-License-Identifier: MIT
#pragma once

#include "chat/frame.h"

#include <QQueue>

#include <optional>

namespace parley::chat {

// What a connection was asked and has not answered, in the order in which it was asked, which is
// that of the answers. Allocates nothing while nothing was ever in it, and little for what the
// store is asked; so the many connections that are idle cost little.
class Pending {
public:
    enum class Kind : quint8 {
        Question, // for the store
        Watch, // likewise; whose users are watched when it is answered
        Reply, // which needs no store, and waits for its turn
    };

    bool isEmpty() const { return m_kinds.isEmpty(); }
    qsizetype replies() const { return m_replies.size(); }

    void ask(Kind question) { m_kinds.enqueue(question); }
    void reply(Frame &&frame)
    {
        m_kinds.enqueue(Kind::Reply);
        m_replies.push_back(std::move(frame));
    }

    // The store answers its oldest question, which is the first of all. Whoever takes it takes the
    // replies behind it, too.
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
