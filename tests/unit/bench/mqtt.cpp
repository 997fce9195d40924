// SPDX-License-Identifier: MIT
#include "bench/mqtt.h"

#include <QByteArray>
#include <QTest>

#include <random>

using namespace parley::bench;
using namespace parley::bench::mqtt;

class BenchMqttTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesPacketsAsTheStandardHasThem_data();
    void writesPacketsAsTheStandardHasThem();
    void writesAndTakesEveryLength_data();
    void writesAndTakesEveryLength();
    void takesWhatBrokersSend();
    void takesOneAfterTheOther();
    void leavesWhatIsNotAllThere();
    void refusesWhatNoBrokerMaySend_data();
    void refusesWhatNoBrokerMaySend();
    void refusesBytesOfChance();
};

namespace {

std::string bytesOf(const char *hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

QByteArray hexOf(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toHex();
}

// Whole and nothing else, or the test's function has failed.
Packet packetOf(const std::string &bytes)
{
    std::string_view view = bytes;
    Packet packet;
    if (takePacket(view, packet) != Taken::Whole || !view.empty())
        qFatal("not one whole packet");
    return packet;
}

} // namespace

void BenchMqttTest::writesPacketsAsTheStandardHasThem_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("expected");
    std::string out;
    const auto add = [&](const char *name, const char *expected) {
        QTest::newRow(name) << hexOf(out) << QByteArray(expected);
        out.clear();
    };
    appendConnect(out, "u7", false, 600);
    add("CONNECT",
        "100e00044d515454040002580002"
        "7537");
    appendConnect(out, "u7", true, 0);
    add("CONNECT, clean session",
        "100e00044d51545404020000000275"
        "37");
    appendSubscribe(out, 0x1234, "u/7");
    add("SUBSCRIBE", "820812340003752f3701");
    appendPublish(out, 258, "u/8", "ab", "c");
    add("PUBLISH", "320a0003752f380102616263");
    appendPubAck(out, 0xfffe);
    add("PUBACK", "4002fffe");
    appendPing(out);
    add("PINGREQ", "c000");
    appendDisconnect(out);
    add("DISCONNECT", "e000");
}

void BenchMqttTest::writesPacketsAsTheStandardHasThem()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, expected);
    QCOMPARE(written, expected);
}

void BenchMqttTest::writesAndTakesEveryLength_data()
{
    QTest::addColumn<int>("remaining");
    QTest::addColumn<QByteArray>("head");
    // The borders of the standard's table 2.4.
    QTest::newRow("one byte") << 127 << QByteArray("327f");
    QTest::newRow("two bytes, least") << 128 << QByteArray("328001");
    QTest::newRow("two bytes, most") << 16'383 << QByteArray("32ff7f");
    QTest::newRow("three bytes, least") << 16'384 << QByteArray("32808001");
    QTest::newRow("three bytes, most") << 2'097'151 << QByteArray("32ffff7f");
    QTest::newRow("four bytes, least") << 2'097'152 << QByteArray("3280808001");
}

void BenchMqttTest::writesAndTakesEveryLength()
{
    QFETCH(int, remaining);
    QFETCH(QByteArray, head);
    const std::string payload(std::size_t(remaining) - 2 - 1 - 2, 'x'); // topic and id before it
    std::string out;
    appendPublish(out, 1, "t", payload, {});
    QVERIFY(hexOf(out).startsWith(head + "000174"));
    const Packet packet = packetOf(out);
    QCOMPARE(packet.type, Type::Publish);
    QVERIFY(packet.payload == payload);
}

void BenchMqttTest::takesWhatBrokersSend()
{
    const Packet fresh = packetOf(bytesOf("20020000"));
    QCOMPARE(fresh.type, Type::ConnAck);
    QCOMPARE(fresh.code, Accepted);
    QVERIFY(!fresh.sessionPresent);
    QVERIFY(packetOf(bytesOf("20020100")).sessionPresent);
    QCOMPARE(packetOf(bytesOf("20020005")).code, 5);

    const Packet subAck = packetOf(bytesOf("9003123401"));
    QCOMPARE(subAck.type, Type::SubAck);
    QCOMPARE(subAck.id, 0x1234);
    QCOMPARE(subAck.code, GrantedQos1);
    QCOMPARE(packetOf(bytesOf("9003123480")).code, 0x80);

    const Packet pubAck = packetOf(bytesOf("4002fffe"));
    QCOMPARE(pubAck.type, Type::PubAck);
    QCOMPARE(pubAck.id, 0xfffe);
    QCOMPARE(packetOf(bytesOf("d000")).type, Type::PingResp);

    for (const char *hex : {"320a0003752f380102616263", "3a0a0003752f380102616263"}) { // again
        const std::string bytes = bytesOf(hex);
        const Packet publish = packetOf(bytes);
        QCOMPARE(publish.type, Type::Publish);
        QVERIFY(publish.topic == "u/8");
        QCOMPARE(publish.id, 258);
        QVERIFY(publish.payload == "abc");
    }
    QVERIFY(packetOf(bytesOf("32070003752f380102")).payload.empty());
}

void BenchMqttTest::takesOneAfterTheOther()
{
    const std::string bytes = bytesOf("20020100"
                                      "32080003752f3801026140020007d000");
    std::string_view rest = bytes;
    Packet packet;
    for (const Type type : {Type::ConnAck, Type::Publish, Type::PubAck, Type::PingResp}) {
        QCOMPARE(takePacket(rest, packet), Taken::Whole);
        QCOMPARE(packet.type, type);
    }
    QCOMPARE(takePacket(rest, packet), Taken::Incomplete);
}

void BenchMqttTest::leavesWhatIsNotAllThere()
{
    std::string bytes;
    appendPublish(bytes, 1, "u/8", std::string(200, 'x'), {});
    for (std::size_t there = 0; there < bytes.size(); ++there) {
        std::string_view part(bytes.data(), there);
        Packet packet;
        QCOMPARE(takePacket(part, packet), Taken::Incomplete);
        QCOMPARE(part.size(), there);
    }
}

void BenchMqttTest::refusesWhatNoBrokerMaySend_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto add = [](const char *name, const char *hex) {
        QTest::newRow(name) << QByteArray::fromHex(hex);
    };
    add("type 0", "0000");
    add("type 15", "f000");
    add("a client's CONNECT", "100e00044d5154540400025800027537");
    add("a client's PINGREQ", "c000");
    add("PUBREC, of QoS 2", "50020001");
    add("flags of CONNACK", "21020000");
    add("flags of PUBACK", "42020001");
    add("CONNACK too short", "200100");
    add("CONNACK too long", "2003000000");
    add("CONNACK, reserved bits", "20020200");
    add("PUBACK too short", "400100");
    add("PUBACK for packet 0", "40020000");
    add("SUBACK too short", "90020001");
    add("SUBACK of two topics", "900400010101");
    add("SUBACK for packet 0", "9003000001");
    add("PINGRESP with a body", "d00100");
    add("PUBLISH, QoS 0", "30080003752f38616263");
    add("PUBLISH, QoS 2", "340a0003752f380102616263");
    add("PUBLISH, QoS 3", "360a0003752f380102616263");
    add("PUBLISH without a topic's length", "320100");
    add("PUBLISH, a topic beyond its end", "32050009752f3801");
    add("PUBLISH without an id", "32060003752f3801");
    add("PUBLISH with id 0", "320a0003752f380000616263");
    add("a length of five bytes", "328080808001");
    add("a length that never ends", "32ffffffff");
    add("longer than any message here", "3281808008");
}

void BenchMqttTest::refusesWhatNoBrokerMaySend()
{
    QFETCH(QByteArray, bytes);
    std::string_view view(bytes.constData(), std::size_t(bytes.size()));
    Packet packet;
    QCOMPARE(takePacket(view, packet), Taken::Malformed);
    QCOMPARE(view.size(), std::size_t(bytes.size()));
}

// No matter what comes, it ends, and within its bytes: what the sanitizers look at.
void BenchMqttTest::refusesBytesOfChance()
{
    std::minstd_rand random(7);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        for (std::size_t size = random() % 24; bytes.size() < size;)
            bytes.push_back(char(random() >> 8));
        std::string_view rest = bytes;
        Packet packet;
        while (takePacket(rest, packet) == Taken::Whole) {
            QVERIFY(packet.topic.size() + packet.payload.size() <= bytes.size());
            QVERIFY(packet.topic.empty() || packet.topic.data() >= bytes.data());
        }
        QVERIFY(rest.size() <= bytes.size());
    }
}

QTEST_GUILESS_MAIN(BenchMqttTest)
#include "mqtt.moc"
