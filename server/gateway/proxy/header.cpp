// SPDX-License-Identifier: MIT
#include "gateway/proxy/header.h"

#include "core/limits.h"
#include "gateway/proxy/networks.h"

#include <QtEndian>

#include <algorithm>

namespace parley::proxy {
namespace {

constexpr QByteArrayView TextStart = "PROXY ";
constexpr qsizetype MostText = 107; // with CR LF
constexpr QByteArrayView Signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype Fixed = 16; // signature, version and command, family, length

// Of version 2: version and command, family and transport.
constexpr quint8 Local = 0x20;
constexpr quint8 Proxied = 0x21;
constexpr quint8 Tcp4 = 0x11;
constexpr quint8 Tcp6 = 0x21;

// As far as there are bytes.
bool beginsLike(QByteArrayView bytes, QByteArrayView start)
{
    const qsizetype size = std::min(bytes.size(), start.size());
    return bytes.first(size) == start.first(size);
}

quint8 byteAt(QByteArrayView bytes, qsizetype at)
{
    return quint8(bytes[at]);
}

qsizetype lengthOf(QByteArrayView binary)
{
    return qFromBigEndian<quint16>(binary.data() + 14);
}

bool isPort(QByteArrayView text)
{
    const bool isDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return isDigits && !text.isEmpty() && text.size() <= 5 && text.toUInt() <= 65535;
}

// Null: it is none of that family.
QHostAddress addressOf(const QByteArray &text, const QByteArray &family)
{
    const bool isFamily = family == (text.contains(':') ? "TCP6" : "TCP4");
    return isFamily ? proxy::addressOf(text) : QHostAddress();
}

} // namespace

qsizetype Header::take(QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (m_state == State::NeedsMore && taken < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(taken);
        const QByteArrayView next = rest.first(std::min(rest.size(), missing(rest)));
        m_bytes += next;
        taken += next.size();
        m_state = parse();
    }
    return taken;
}

// How many of the bytes that come next are the header's for sure.
qsizetype Header::missing(QByteArrayView next) const
{
    if (m_bytes.isEmpty())
        return 1; // says which version it is
    if (m_bytes.front() != Signature.front()) {
        const qsizetype end = next.indexOf('\n');
        const qsizetype room = MostText - m_bytes.size();
        return end < 0 ? room : std::min(end + 1, room);
    }
    return m_bytes.size() < Fixed ? Fixed - m_bytes.size()
                                  : Fixed + lengthOf(m_bytes) - m_bytes.size();
}

Header::State Header::parse()
{
    const bool isBinary = m_bytes.front() == Signature.front();
    if (!beginsLike(m_bytes, isBinary ? Signature : TextStart))
        return State::Malformed;
    return isBinary ? parseBinary() : parseText();
}

Header::State Header::parseText()
{
    if (!m_bytes.endsWith('\n'))
        return m_bytes.size() < MostText ? State::NeedsMore : State::Malformed;
    if (!m_bytes.endsWith("\r\n") || m_bytes.size() > MostText)
        return State::Malformed;
    const QByteArrayList words = m_bytes.chopped(2).split(' ');
    if (words[1] == "UNKNOWN")
        return State::Complete; // whatever follows
    if (words.size() != 6 || !isPort(words[4]) || !isPort(words[5]))
        return State::Malformed;
    m_client = addressOf(words[2], words[1]);
    return m_client.isNull() || addressOf(words[3], words[1]).isNull() ? State::Malformed
                                                                       : State::Complete;
}

Header::State Header::parseBinary()
{
    if (m_bytes.size() < Fixed)
        return State::NeedsMore;
    const quint8 command = byteAt(m_bytes, 12);
    const qsizetype length = lengthOf(m_bytes);
    if ((command != Local && command != Proxied) || length > limits::ProxyHeaderBytes - Fixed)
        return State::Malformed;
    if (m_bytes.size() < Fixed + length)
        return State::NeedsMore;
    const quint8 family = byteAt(m_bytes, 13);
    if (command == Local || (family != Tcp4 && family != Tcp6))
        return State::Complete;
    // Source and destination, and their ports.
    if (length < (family == Tcp4 ? 2 * 4 + 4 : 2 * 16 + 4))
        return State::Malformed;
    const char *const source = m_bytes.constData() + Fixed;
    m_client = family == Tcp4
        ? QHostAddress(qFromBigEndian<quint32>(source))
        : plainAddress(QHostAddress(reinterpret_cast<const quint8 *>(source)));
    return State::Complete;
}

} // namespace parley::proxy
