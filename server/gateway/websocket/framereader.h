// SPDX-License-Identifier: MIT
// RFC 6455 as a server reads it: bytes in, whole messages and control frames out. Stricter than
// QWebSocket of Qt 6.4 (unmasked frames) and more lenient where that is wrong (a fragment may end
// inside a character).
#pragma once

#include "core/closecode.h"

#include <QByteArray>

#include <array>
#include <optional>
#include <span>

namespace parley::websocket {

class FrameReader {
public:
    enum class Kind { Text, Binary, Close, Ping, Pong };
    struct Frame {
        Kind kind = Kind::Text;
        // Unmasked payload of the whole message. Valid until the next call of any function, while
        // the memory of feed() is.
        QByteArrayView payload;
    };

    explicit FrameReader(qint64 maxMessageBytes)
        : m_maxMessageBytes(maxMessageBytes)
    {
    }

    // Takes what came from the network; unmasks it in place, and may point to it until keep().
    void feed(std::span<char> bytes);
    // The next whole message; nullopt when more bytes are needed, or after a violation.
    std::optional<Frame> next();
    // Copies what was not read yet, so that the memory of feed() may be used otherwise. An idle
    // connection keeps nothing.
    void keep();
    // How many bytes keep() has kept.
    qsizetype kept() const { return m_kept.size() + m_message.size(); }
    // What the peer did wrong, as soon as it can be known; the connection is to be closed with it.
    std::optional<CloseCode> violation() const { return m_violation; }

private:
    struct Header {
        bool final = false;
        int opcode = 0;
        qint64 length = 0;
        qsizetype size = 0; // of the header itself
    };
    std::optional<Header> readHeader();
    std::optional<CloseCode> faultOf(const Header &, bool masked, bool reserved) const;
    std::optional<Frame> join(const Header &, QByteArrayView payload);
    QByteArrayView unmask(const Header &);

    const qint64 m_maxMessageBytes;
    std::span<char> m_bytes; // not yet parsed: of feed(), or of m_kept
    QByteArray m_kept;
    QByteArray m_message; // the fragments so far
    QByteArray m_joined; // what the last Frame of several fragments points to
    int m_messageOpcode = 0; // 0: no fragmented message is open
    std::optional<CloseCode> m_violation;
};

// The header of an unmasked, unfragmented frame from the server.
struct FrameHeader {
    std::array<char, 10> bytes;
    qsizetype size = 0;
    operator QByteArrayView() const { return {bytes.data(), size}; }
};
FrameHeader frameHeader(int opcode, qsizetype payloadBytes);
inline constexpr int TextOpcode = 0x1;
inline constexpr int CloseOpcode = 0x8;
inline constexpr int PingOpcode = 0x9;
inline constexpr int PongOpcode = 0xA;

QByteArray closePayload(CloseCode);
// The code to answer a client's Close with: its own, or the violation that it is.
CloseCode answerToClose(QByteArrayView payload);

} // namespace parley::websocket
