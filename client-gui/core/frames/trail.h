// SPDX-License-Identifier: MIT
// One message on its way through all panes.
#pragma once

#include "frames/frame.h"

#include <QSet>

#include <optional>

namespace parley::frames {

class FrameLog;

// Which message: its sender's key, or its place in a mailbox, or both. What is not known is 0 or
// empty.
struct MessageKey {
    UserId sender = {};
    QByteArray clientId = {};
    UserId mailbox = {}; // its receiver
    Seq seq = {};

    bool isNull() const { return clientId.isEmpty() && seq == Seq(); }
    friend bool operator==(const MessageKey &, const MessageKey &) = default;
};

// The message that a frame is about, with what other frames of the log say of it; of several
// messages the last one. Null: it is about none.
MessageKey messageOf(const FrameLog &, const Frame &);
// Whether a CONFIRM covers this seq, or a MESSAGES, MESSAGE or SENT has it.
bool coversSeq(const Frame &, Seq);

// The frames that belong to one message: SEND, SENT, MESSAGE, the MESSAGES that hold it, the
// CONFIRM that covers it, its CONFIRMED, RECEIPT, TRACK and ERROR.
class Trail {
public:
    // With what the log has by now.
    Trail(const FrameLog &, MessageKey);

    const MessageKey &key() const { return m_key; }
    bool contains(qint64 number) const { return m_numbers.contains(number); }
    qsizetype size() const { return m_numbers.size(); }
    // The log's next frame. False: it told more of the message than was known, and frames before it
    // may belong to it after all: a new Trail is needed.
    bool take(const Frame &);

private:
    bool belongs(const Frame &);
    bool isSenders(const Frame &, const QByteArray &clientId) const;
    bool isPlace(UserId mailbox, Seq) const;
    bool takeStored(const Frame &);
    bool takeMessage(UserId mailbox, Seq, UserId sender, const QByteArray &clientId);
    bool takePage(const Frame &);
    bool takeConfirm(const Frame &);
    bool isReceipt(const Frame &) const;

    MessageKey m_key;
    QSet<qint64> m_numbers;
    QSet<QPair<int, QByteArray>> m_confirms; // panes and refs that wait for their CONFIRMED
};

} // namespace parley::frames
