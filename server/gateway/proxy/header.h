// SPDX-License-Identifier: MIT
// The PROXY protocol, versions 1 and 2, as HAProxy's documentation specifies it: what a proxy says
// of a connection before it passes on its first byte.
#pragma once

#include <QByteArray>
#include <QHostAddress>

namespace parley::proxy {

class Header {
public:
    enum class State { NeedsMore, Complete, Malformed };

    // Takes from bytes that may go on behind the header; returns how many of them are the header's.
    qsizetype take(QByteArrayView bytes);
    State state() const { return m_state; }
    // When complete: the client's address. Null: the connection is the proxy's own, or it does not
    // know whose it is.
    const QHostAddress &client() const { return m_client; }

private:
    qsizetype missing(QByteArrayView bytes) const;
    State parse();
    State parseText();
    State parseBinary();

    QByteArray m_bytes;
    QHostAddress m_client;
    State m_state = State::NeedsMore;
};

} // namespace parley::proxy
