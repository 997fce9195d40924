// SPDX-License-Identifier: MIT
// Whatever bytes a client sends, and however they arrive: FrameReader gives the messages that RFC
// 6455 reads in them, in bounded memory, and the same ones when they are sent plainly.
//
// The last bytes of the input say how large a message may be, and into what pieces it is cut.
#include "fuzz/fuzz.h"
#include "fuzz/memory.h"
#include "gateway/websocket/framereader.h"

#include <QtEndian>

#include <algorithm>
#include <functional>

using namespace parley;
using namespace parley::websocket;
using Kind = FrameReader::Kind;

namespace {

constexpr int MostControl = 125;
constexpr qsizetype MostHeader = 14;

struct Message {
    Kind kind;
    QByteArray payload;
    friend bool operator==(const Message &, const Message &) = default;
};

struct Reading {
    std::vector<Message> messages;
    std::optional<CloseCode> violation;
    friend bool operator==(const Reading &, const Reading &) = default;
};

using PieceSize = std::function<qsizetype()>;

// Feeds pieces as a connection does: reads all that is whole, keeps the rest, forgets the piece.
void feedAll(FrameReader &reader, qint64 most, QByteArrayView bytes, const PieceSize &pieceSize,
    const std::function<void(FrameReader::Frame)> &take, const std::function<void()> &kept)
{
    while (!bytes.isEmpty() && !reader.violation()) {
        const auto size = std::min(pieceSize(), bytes.size());
        {
            auto piece = fuzz::exactly(bytes.first(size));
            bytes = bytes.sliced(size);
            reader.feed(piece);
            while (const auto frame = reader.next())
                take(*frame);
            reader.keep();
            MUST(reader.violation() || reader.kept() <= most + MostControl + MostHeader);
        }
        kept();
    }
}

Reading read(QByteArrayView bytes, qint64 most, const PieceSize &pieceSize)
{
    Reading reading;
    FrameReader reader(most);
    const auto take = [&](const FrameReader::Frame &frame) {
        const bool isControl = frame.kind != Kind::Text && frame.kind != Kind::Binary;
        MUST(frame.payload.size() <= (isControl ? MostControl : most));
        reading.messages.push_back({frame.kind, frame.payload.toByteArray()});
    };
    feedAll(reader, most, bytes, pieceSize, take, [] {});
    reading.violation = reader.violation();
    MUST(!reader.next());
    return reading;
}

// What waits for its rest is no more than a message may be, and what came with it; arrays grow by
// doubling.
void checkMemory(QByteArrayView bytes, qint64 most, const PieceSize &pieceSize)
{
    FrameReader reader(most);
    const fuzz::Memory memory;
    qsizetype largest = 0;
    const PieceSize watched = [&] {
        const auto size = pieceSize();
        largest = std::max(largest, size);
        return size;
    };
    feedAll(
        reader, most, bytes, watched, [](const FrameReader::Frame &) {},
        [&] {
            const qint64 waiting = 2 * most + MostHeader + MostControl + largest;
            MUST(reader.violation() || memory.held() <= 2 * waiting + 512);
        });
}

// RFC 6455, section 5, once more and as plainly as it can be said, of an input that is all there.
class Model {
public:
    Model(QByteArrayView bytes, qint64 most)
        : m_bytes(bytes)
        , m_most(most)
    {
        while (isDecided && !reading.violation && takeFrame()) { }
    }

    Reading reading;
    // Else the input ends within a header: the reader may see a fault in what there is of it.
    bool isDecided = true;

private:
    int at(qsizetype i) const { return uchar(m_bytes[i]); }
    bool takeFrame();
    std::optional<CloseCode> fault(qint64 length) const;
    void join(int opcode, bool isFinal, const QByteArray &payload);

    QByteArrayView m_bytes;
    const qint64 m_most;
    QByteArray m_message;
    int m_open = 0; // the opcode of the message whose fragments come
};

bool Model::takeFrame()
{
    if (m_bytes.isEmpty())
        return false;
    const int form = m_bytes.size() < 2 ? 0 : at(1) & 0x7F;
    const qsizetype lengthBytes = form == 127 ? 8 : form == 126 ? 2 : 0;
    const qsizetype head = 2 + lengthBytes + 4;
    isDecided = m_bytes.size() >= 2 + lengthBytes;
    if (!isDecided)
        return false;
    const qint64 length = lengthBytes == 8 ? qFromBigEndian<qint64>(m_bytes.data() + 2)
        : lengthBytes == 2                 ? qFromBigEndian<quint16>(m_bytes.data() + 2)
                                           : form;
    reading.violation = fault(length);
    if (reading.violation || m_bytes.size() - head < length)
        return false;
    QByteArray payload = m_bytes.sliced(head, length).toByteArray();
    for (qsizetype i = 0; i < length; ++i)
        payload[i] = char(payload[i] ^ m_bytes[head - 4 + i % 4]);
    join(at(0) & 0x0F, at(0) & 0x80, payload);
    m_bytes = m_bytes.sliced(head + length);
    return true;
}

std::optional<CloseCode> Model::fault(qint64 length) const
{
    const int opcode = at(0) & 0x0F;
    const int form = at(1) & 0x7F;
    const bool isControl = opcode & 0x08;
    const bool isKnown = opcode <= 2 || (opcode >= 8 && opcode <= 10);
    const bool isMasked = at(1) & 0x80;
    if (!isKnown || !isMasked || (at(0) & 0x70))
        return CloseCode::ProtocolError;
    if (isControl && (!(at(0) & 0x80) || form > MostControl))
        return CloseCode::ProtocolError;
    if (!isControl && (opcode == 0) != (m_open != 0))
        return CloseCode::ProtocolError;
    if ((form == 126 && length < 126) || (form == 127 && length < 65536))
        return CloseCode::ProtocolError; // it has a shorter form, or is negative
    if (!isControl && length > m_most - m_message.size())
        return CloseCode::TooLarge;
    return std::nullopt;
}

void Model::join(int opcode, bool isFinal, const QByteArray &payload)
{
    constexpr Kind Controls[]{Kind::Close, Kind::Ping, Kind::Pong};
    if (opcode & 0x08) {
        reading.messages.push_back({Controls[opcode - 8], payload});
        return;
    }
    m_message += payload;
    if (opcode)
        m_open = opcode;
    if (!isFinal)
        return;
    reading.messages.push_back({m_open == 1 ? Kind::Text : Kind::Binary, m_message});
    m_message.clear();
    m_open = 0;
}

// As a client that cuts nothing sends it, with the header that the server writes.
QByteArray sentPlainly(const Message &message)
{
    constexpr char Mask[]{0x11, 0x72, char(0xA3), 0x04};
    constexpr int Opcodes[]{1, 2, 8, 9, 10};
    QByteArray frame =
        QByteArrayView(frameHeader(Opcodes[int(message.kind)], message.payload.size()))
            .toByteArray();
    frame[1] = char(frame[1] | 0x80);
    frame.append(Mask, 4);
    for (qsizetype i = 0; i < message.payload.size(); ++i)
        frame += char(message.payload[i] ^ Mask[i % 4]);
    return frame;
}

void checkClose(QByteArrayView payload)
{
    const CloseCode answer = answerToClose(payload);
    MUST(answer == CloseCode::Normal || answer == CloseCode::ProtocolError
        || answer == CloseCode::NotUtf8);
    MUST(answer == CloseCode::Normal || !payload.isEmpty());
    // Our own answer is one that a peer may give.
    MUST(answerToClose(closePayload(answer)) == CloseCode::Normal);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    constexpr qint64 Most[]{0, 100, 1000, 70'000};
    const qint64 most = Most[input.byte() % std::size(Most)];
    quint32 random = quint32(input.byte()) << 8 | 1;
    const QByteArrayView bytes = input.bytes();
    // Pieces of one byte up to as many as these, by turns that the input gives, too.
    const PieceSize cut = [&random] {
        random = random * 1'664'525 + 1'013'904'223;
        const int width = 1 << (random >> 28);
        return 1 + qsizetype((random >> 8) % width);
    };
    const PieceSize whole = [&bytes] { return bytes.size(); };

    const Reading reading = read(bytes, most, whole);
    MUST(read(bytes, most, cut) == reading);
    checkMemory(bytes, most, cut);
    const Model model(bytes, most);
    MUST(model.reading.messages == reading.messages);
    MUST(!model.isDecided || model.reading.violation == reading.violation);

    QByteArray plain;
    for (const Message &message : reading.messages) {
        plain += sentPlainly(message);
        if (message.kind == Kind::Close)
            checkClose(message.payload);
    }
    MUST(read(plain, most, cut) == (Reading{reading.messages, {}}));
    fuzz::taken += !reading.messages.empty() && !reading.violation;
    return 0;
}
