// SPDX-License-Identifier: MIT
#include "bench/frame.h"

#include <QByteArray>
#include <QTest>

using namespace parley::bench;

class BenchFrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void masksAsTheRfcsExample();
    void clientFrameUnmasksToItsPayload_data();
    void clientFrameUnmasksToItsPayload();
    void takesWhatTheServerWrote_data();
    void takesWhatTheServerWrote();
    void takesOneAfterTheOther();
    void refusesWhatNoServerMayWrite_data();
    void refusesWhatNoServerMayWrite();
};

namespace {

// A server's frame: unmasked.
std::string serverFrame(char first, const std::string &payload)
{
    std::string frame(1, first);
    const std::size_t size = payload.size();
    if (size < 126) {
        frame += char(size);
    } else {
        const int bytes = size < 65536 ? 2 : 8;
        frame += char(bytes == 2 ? 126 : 127);
        for (int i = bytes - 1; i >= 0; --i)
            frame += char(size >> (8 * i));
    }
    return frame + payload;
}

void addSizes()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 1 << 20})
        QTest::addRow("%d bytes", size) << size;
}

std::string payloadOf(int size)
{
    std::string payload;
    for (int i = 0; i < size; ++i)
        payload += char('a' + i % 23);
    return payload;
}

} // namespace

void BenchFrameTest::masksAsTheRfcsExample()
{
    std::uint32_t mask = 0;
    memcpy(&mask, "\x37\xfa\x21\x3d", sizeof mask);
    std::string out;
    appendFrame(out, Opcode::Text, "Hello", mask);
    QCOMPARE(QByteArray::fromStdString(out).toHex(), QByteArrayLiteral("818537fa213d7f9f4d5158"));
}

void BenchFrameTest::clientFrameUnmasksToItsPayload_data()
{
    addSizes();
}

void BenchFrameTest::clientFrameUnmasksToItsPayload()
{
    QFETCH(int, size);
    const std::string payload = payloadOf(size);
    std::string out = "before";
    appendFrame(out, Opcode::Text, payload, 0xa1b2c3d4);
    QVERIFY(out.starts_with("before"));

    // The head is the server's with a mask: the same length field, its top bit set.
    const std::string plain = serverFrame('\x81', payload);
    const std::size_t head = plain.size() - payload.size();
    QCOMPARE(out.size(), 6 + plain.size() + 4);
    std::string unmasked = out.substr(6, head);
    QVERIFY((unmasked[1] & 0x80) != 0);
    unmasked[1] = char(unmasked[1] & 0x7f);
    const std::string key = out.substr(6 + head, 4);
    for (std::size_t i = 0; i < payload.size(); ++i)
        unmasked += char(out[6 + head + 4 + i] ^ key[i % 4]);
    QVERIFY(unmasked == plain);
}

void BenchFrameTest::takesWhatTheServerWrote_data()
{
    addSizes();
}

void BenchFrameTest::takesWhatTheServerWrote()
{
    QFETCH(int, size);
    const std::string payload = payloadOf(size);
    const std::string bytes = serverFrame('\x81', payload);
    Frame frame;
    for (std::size_t there = 0; there < bytes.size(); there += 1 + there / 3) {
        std::string_view part(bytes.data(), there);
        QCOMPARE(takeFrame(part, frame), Taken::Incomplete);
        QCOMPARE(part.size(), there);
    }
    std::string_view whole = bytes;
    QCOMPARE(takeFrame(whole, frame), Taken::Whole);
    QVERIFY(whole.empty());
    QCOMPARE(frame.opcode, Opcode::Text);
    QVERIFY(frame.last);
    QVERIFY(frame.payload == payload);
}

void BenchFrameTest::takesOneAfterTheOther()
{
    const std::string bytes = serverFrame('\x01', "half") + serverFrame('\x89', "ping")
        + serverFrame('\x80', "whole") + serverFrame('\x88', "\x03\xe8");
    std::string_view rest = bytes;
    Frame frame;
    QCOMPARE(takeFrame(rest, frame), Taken::Whole);
    QCOMPARE(frame.opcode, Opcode::Text);
    QVERIFY(!frame.last);
    QCOMPARE(takeFrame(rest, frame), Taken::Whole);
    QCOMPARE(frame.opcode, Opcode::Ping);
    QVERIFY(frame.last);
    QCOMPARE(takeFrame(rest, frame), Taken::Whole);
    QCOMPARE(frame.opcode, Opcode::Continuation);
    QVERIFY(frame.payload == "whole");
    QCOMPARE(takeFrame(rest, frame), Taken::Whole);
    QCOMPARE(frame.opcode, Opcode::Close);
    QCOMPARE(takeFrame(rest, frame), Taken::Incomplete);
}

void BenchFrameTest::refusesWhatNoServerMayWrite_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("reserved bit") << QByteArray::fromHex("c100");
    QTest::newRow("masked") << QByteArray::fromHex("818037fa213d");
    QTest::newRow("longer than anything the server has to say")
        << QByteArray::fromHex("817f0000000001000001");
    QTest::newRow("a length of 64 bits") << QByteArray::fromHex("817fffffffffffffffff");
}

void BenchFrameTest::refusesWhatNoServerMayWrite()
{
    QFETCH(QByteArray, bytes);
    std::string_view view(bytes.constData(), std::size_t(bytes.size()));
    Frame frame;
    QCOMPARE(takeFrame(view, frame), Taken::Malformed);
}

QTEST_GUILESS_MAIN(BenchFrameTest)
#include "frame.moc"
