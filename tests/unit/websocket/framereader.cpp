// SPDX-License-Identifier: MIT
// FrameReader: however the bytes of frames arrive, the messages are the same. What violates the
// protocol is in integration/frames.cpp, against a whole server.
#include "gateway/websocket/framereader.h"

#include "support/rawclient.h"

#include <QRandomGenerator>
#include <QtEndian>
#include <QTest>

using namespace parley;
using namespace parley::websocket;
using parley::test::clientFrame;

namespace {

constexpr int MaxBytes = 200'000;

struct Message {
    FrameReader::Kind kind;
    QByteArray payload;
    friend bool operator==(const Message &, const Message &) = default;
};

// Everything that these bytes hold, fed in pieces of this size, or of random ones up to it.
std::vector<Message> read(
    FrameReader &reader, QByteArray bytes, QRandomGenerator *random = nullptr, int piece = 1 << 20)
{
    std::vector<Message> messages;
    while (!bytes.isEmpty()) {
        const auto size =
            std::min<qsizetype>(bytes.size(), random ? 1 + random->bounded(piece) : piece);
        QByteArray arrived = bytes.first(size);
        bytes.remove(0, size);
        reader.feed({arrived.data(), size_t(size)});
        while (const auto frame = reader.next())
            messages.push_back({frame->kind, frame->payload.toByteArray()});
        reader.keep();
    }
    return messages;
}

std::optional<CloseCode> violation(const QByteArray &bytes)
{
    FrameReader reader(MaxBytes);
    read(reader, bytes);
    return reader.violation();
}

} // namespace

class FrameReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheSameMessagesHoweverTheyAreCut();
    void readsEveryFormOfLength();
    void tellsAViolationAsSoonAsItCanBeKnown();
    void survivesNoise();
    void takesAMessageInHoweverManyFragments();
    void writesHeadersThatAreAsShortAsTheyCanBe();
    void writesCloseFramesThatFit();
};

void FrameReaderTest::readsTheSameMessagesHoweverTheyAreCut()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 60; ++round) {
        std::vector<Message> expected;
        QByteArray bytes;
        const auto control = [&] {
            const int opcode = random.bounded(2) ? PingOpcode : PongOpcode;
            const QByteArray payload(random.bounded(126), char(random.bounded(256)));
            bytes += clientFrame(opcode, payload);
            expected.push_back(
                {opcode == PingOpcode ? FrameReader::Kind::Ping : FrameReader::Kind::Pong,
                    payload});
        };
        for (int i = 0; i < 20; ++i) {
            QByteArray payload(random.bounded(random.bounded(20) == 0 ? 100'000 : 300), '\0');
            for (char &byte : payload)
                byte = char(random.bounded(256));
            const bool isText = random.bounded(2);
            int opcode = isText ? 1 : 2;
            qsizetype at = 0;
            for (int cuts = random.bounded(4); cuts > 0; --cuts) {
                const auto size = random.bounded(int(payload.size() - at) + 1);
                bytes += clientFrame(std::exchange(opcode, 0), payload.mid(at, size), false);
                at += size;
                if (random.bounded(2))
                    control();
            }
            bytes += clientFrame(opcode, payload.mid(at));
            expected.push_back(
                {isText ? FrameReader::Kind::Text : FrameReader::Kind::Binary, payload});
        }
        FrameReader whole(MaxBytes);
        QVERIFY(read(whole, bytes) == expected);
        FrameReader cut(MaxBytes);
        const int piece = 1 << random.bounded(round % 20 == 0 ? 2 : 6, 16);
        QVERIFY(read(cut, bytes, &random, piece) == expected);
        QVERIFY(!whole.violation() && !cut.violation());
    }
}

void FrameReaderTest::readsEveryFormOfLength()
{
    for (const int size : {0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, MaxBytes}) {
        const QByteArray payload(size, 'x');
        FrameReader reader(MaxBytes);
        const std::vector<Message> expected{{FrameReader::Kind::Text, payload}};
        QVERIFY(read(reader, clientFrame(1, payload)) == expected);
        FrameReader dripped(MaxBytes);
        const qsizetype head = clientFrame(1, payload).size() - size;
        QVERIFY(read(dripped, clientFrame(1, payload).first(head), nullptr, 1).size()
            == (size == 0 ? 1u : 0u));
        QVERIFY(read(dripped, clientFrame(1, payload).mid(head)).size() == (size == 0 ? 0u : 1u));
    }
}

void FrameReaderTest::tellsAViolationAsSoonAsItCanBeKnown()
{
    using enum CloseCode;
    QCOMPARE(violation(QByteArray("\x81\x00", 2)), ProtocolError); // unmasked
    QCOMPARE(violation(QByteArray("\xC1\x80", 2)), ProtocolError); // reserved bit
    QCOMPARE(violation(QByteArray("\x83\x80", 2)), ProtocolError); // opcode
    QCOMPARE(violation(QByteArray("\x09\x80", 2)), ProtocolError); // a ping's fragment
    QCOMPARE(violation(QByteArray("\x89\xFE", 2)), ProtocolError); // a long ping
    QCOMPARE(violation(QByteArray("\x80\x80", 2)), ProtocolError); // continues nothing
    QCOMPARE(violation(QByteArray("\x81\xFE\x00\x7D", 4)), ProtocolError); // 125 in two bytes
    QByteArray large = clientFrame(1, QByteArray(MaxBytes + 1, 'x'));
    QCOMPARE(violation(large.first(10)), TooLarge);
    QCOMPARE(violation(large.first(9)), std::nullopt);
    QCOMPARE(
        violation(clientFrame(1, QByteArray(MaxBytes, 'x'), false) + clientFrame(0, "x").first(2)),
        TooLarge);

    FrameReader reader(MaxBytes); // what came before is read, what comes behind is not
    const auto messages =
        read(reader, clientFrame(1, "a") + QByteArray("\x81\x00", 2) + clientFrame(1, "b"));
    QCOMPARE(messages.size(), 1u);
    QCOMPARE(reader.violation(), ProtocolError);
    QVERIFY(read(reader, clientFrame(1, "c")).empty());
}

void FrameReaderTest::survivesNoise()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes;
        while (bytes.size() < 200) {
            QByteArray frame = clientFrame(
                random.bounded(16), QByteArray(random.bounded(140), 'x'), random.bounded(2));
            if (random.bounded(3) == 0)
                frame[random.bounded(int(frame.size()))] = char(random.bounded(256));
            bytes += frame;
        }
        FrameReader reader(1000);
        for (const Message &message : read(reader, bytes, &random, 50))
            QVERIFY(message.payload.size() <= 1000);
    }
}

void FrameReaderTest::takesAMessageInHoweverManyFragments()
{
    const QByteArray bytes = clientFrame(1, "a", false) + clientFrame(0, "b", false).repeated(3000)
        + clientFrame(0, {}, false).repeated(3000) + clientFrame(0, "c");
    FrameReader reader(MaxBytes);
    const std::vector<Message> expected{
        {FrameReader::Kind::Text, 'a' + QByteArray(3000, 'b') + 'c'}};
    QVERIFY(read(reader, bytes) == expected);
    reader.keep();
    QCOMPARE(reader.kept(), 0);
}

void FrameReaderTest::writesHeadersThatAreAsShortAsTheyCanBe()
{
    const auto header = [](int opcode, qsizetype payloadBytes) {
        return QByteArrayView(frameHeader(opcode, payloadBytes)).toByteArray();
    };
    QCOMPARE(header(TextOpcode, 0), QByteArray("\x81\x00", 2));
    QCOMPARE(header(TextOpcode, 125), QByteArray("\x81\x7D", 2));
    QCOMPARE(header(TextOpcode, 126), QByteArray("\x81\x7E\x00\x7E", 4));
    QCOMPARE(header(PongOpcode, 65535), QByteArray("\x8A\x7E\xFF\xFF", 4));
    QCOMPARE(header(TextOpcode, 65536), QByteArray("\x81\x7F\0\0\0\0\0\1\0\0", 10));
}

void FrameReaderTest::writesCloseFramesThatFit()
{
    using enum CloseCode;
    for (const CloseCode code :
        {Normal, ProtocolError, NotUtf8, TooLarge, BadFrames, SessionEnded, Replaced, OverRate,
            InternalError, Overloaded, HeartbeatTimeout, ShuttingDown, SlowConsumer}) {
        const QByteArray payload = closePayload(code);
        QCOMPARE(qFromBigEndian<quint16>(payload.data()), quint16(code));
        QVERIFY(payload.size() <= 125);
        QCOMPARE(answerToClose(payload), Normal); // a peer may say the same
    }
}

QTEST_GUILESS_MAIN(FrameReaderTest)
#include "framereader.moc"
