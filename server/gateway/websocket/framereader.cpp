// SPDX-License-Identifier: MIT
#include "gateway/websocket/framereader.h"

#include "protocol/codec.h"

#include <QtEndian>

#include <cstring>

namespace parley::websocket {
namespace {

constexpr int MaskBytes = 4;
constexpr int MaxControlPayload = 125;
constexpr int ContinuationOpcode = 0x0;
constexpr int BinaryOpcode = 0x2;

bool isControl(int opcode)
{
    return opcode & 0x8;
}

FrameReader::Kind kindOf(int opcode)
{
    switch (opcode) {
    case TextOpcode:
        return FrameReader::Kind::Text;
    case CloseOpcode:
        return FrameReader::Kind::Close;
    case PingOpcode:
        return FrameReader::Kind::Ping;
    case PongOpcode:
        return FrameReader::Kind::Pong;
    default:
        return FrameReader::Kind::Binary;
    }
}

} // namespace

void FrameReader::feed(std::span<char> bytes)
{
    if (m_bytes.empty()) {
        m_bytes = bytes;
        return;
    }
    keep();
    m_kept.append(bytes.data(), qsizetype(bytes.size()));
    m_bytes = {m_kept.data(), size_t(m_kept.size())};
}

void FrameReader::keep()
{
    m_joined.clear(); // whoever was given it is done with it
    if (m_bytes.empty()) {
        m_kept.clear();
    } else if (m_bytes.data() + m_bytes.size() == m_kept.constEnd()) { // they are the kept ones
        m_kept.remove(0, m_bytes.data() - m_kept.constData());
        m_bytes = {m_kept.data(), size_t(m_kept.size())};
    } else {
        m_kept = QByteArray(m_bytes.data(), qsizetype(m_bytes.size()));
        m_bytes = {m_kept.data(), size_t(m_kept.size())};
    }
}

std::optional<FrameReader::Frame> FrameReader::next()
{
    while (!m_violation) {
        const auto header = readHeader();
        if (!header || qint64(m_bytes.size()) - header->size < header->length)
            break;
        const QByteArrayView payload = unmask(*header);
        if (isControl(header->opcode))
            return Frame{kindOf(header->opcode), payload};
        if (auto frame = join(*header, payload))
            return frame;
    }
    return std::nullopt;
}

std::optional<FrameReader::Header> FrameReader::readHeader()
{
    const auto *bytes = reinterpret_cast<const uchar *>(m_bytes.data());
    const auto available = qsizetype(m_bytes.size());
    if (available < 2)
        return std::nullopt;
    Header header;
    header.final = bytes[0] & 0x80;
    header.opcode = bytes[0] & 0x0F;
    const bool masked = bytes[1] & 0x80;
    const int shortLength = bytes[1] & 0x7F;
    const int lengthBytes = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
    header.size = 2 + lengthBytes + MaskBytes;
    header.length = shortLength;
    if (available >= 2 + lengthBytes && lengthBytes > 0) {
        const quint64 length = lengthBytes == 2 ? qFromBigEndian<quint16>(bytes + 2)
                                                : qFromBigEndian<quint64>(bytes + 2);
        const quint64 least = lengthBytes == 2 ? 126 : 65536; // shorter lengths have shorter forms
        if (length < least || length >> 63)
            m_violation = CloseCode::ProtocolError;
        header.length = qint64(length & ~(quint64(1) << 63));
    } else if (lengthBytes > 0) {
        header.length = 0; // not known yet
    }
    if (!m_violation)
        m_violation = faultOf(header, masked, bytes[0] & 0x70);
    if (m_violation || available < header.size)
        return std::nullopt;
    return header;
}

std::optional<CloseCode> FrameReader::faultOf(
    const Header &header, bool masked, bool reserved) const
{
    if (!masked || reserved)
        return CloseCode::ProtocolError;
    if (isControl(header.opcode)) {
        const bool known = header.opcode <= PongOpcode;
        const bool small = header.size == 2 + MaskBytes && header.length <= MaxControlPayload;
        return known && header.final && small ? std::nullopt
                                              : std::optional(CloseCode::ProtocolError);
    }
    if (header.opcode > BinaryOpcode)
        return CloseCode::ProtocolError;
    const bool continues = header.opcode == ContinuationOpcode;
    if (continues != (m_messageOpcode != 0))
        return CloseCode::ProtocolError;
    if (header.length > m_maxMessageBytes - m_message.size())
        return CloseCode::TooLarge;
    return std::nullopt;
}

QByteArrayView FrameReader::unmask(const Header &header)
{
    char *payload = m_bytes.data() + header.size;
    const char *mask = payload - MaskBytes;
    char wide[8];
    for (int i = 0; i < 8; ++i)
        wide[i] = mask[i % MaskBytes];
    quint64 wideMask;
    std::memcpy(&wideMask, wide, 8);
    qint64 i = 0;
    for (; i + 8 <= header.length; i += 8) {
        quint64 word;
        std::memcpy(&word, payload + i, 8);
        word ^= wideMask;
        std::memcpy(payload + i, &word, 8);
    }
    for (; i < header.length; ++i)
        payload[i] ^= wide[i % 8];
    m_bytes = m_bytes.subspan(size_t(header.size + header.length));
    return {payload, header.length};
}

std::optional<FrameReader::Frame> FrameReader::join(const Header &header, QByteArrayView payload)
{
    if (m_messageOpcode == 0 && header.final)
        return Frame{kindOf(header.opcode), payload};
    if (m_messageOpcode == 0)
        m_messageOpcode = header.opcode;
    m_message.append(payload);
    if (!header.final)
        return std::nullopt;
    m_joined = std::exchange(m_message, {});
    return Frame{kindOf(std::exchange(m_messageOpcode, 0)), m_joined};
}

FrameHeader frameHeader(int opcode, qsizetype payloadBytes)
{
    FrameHeader header;
    header.bytes[0] = char(0x80 | opcode);
    if (payloadBytes < 126) {
        header.bytes[1] = char(payloadBytes);
        header.size = 2;
    } else if (payloadBytes < 65536) {
        header.bytes[1] = 126;
        qToBigEndian(quint16(payloadBytes), header.bytes.data() + 2);
        header.size = 4;
    } else {
        header.bytes[1] = 127;
        qToBigEndian(quint64(payloadBytes), header.bytes.data() + 2);
        header.size = 10;
    }
    return header;
}

QByteArray closePayload(CloseCode code)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(quint16(code), payload.data());
    if (code != CloseCode::Normal)
        payload += reason(code);
    return payload;
}

CloseCode answerToClose(QByteArrayView payload)
{
    if (payload.isEmpty())
        return CloseCode::Normal;
    if (payload.size() == 1)
        return CloseCode::ProtocolError;
    const int code = qFromBigEndian<quint16>(payload.data());
    const bool standard = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    if (!standard && (code < 3000 || code > 4999))
        return CloseCode::ProtocolError;
    return protocol::isUtf8(payload.sliced(2)) ? CloseCode::Normal : CloseCode::NotUtf8;
}

} // namespace parley::websocket
