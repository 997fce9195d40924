// SPDX-License-Identifier: MIT
#include "bench/target.h"

#include <QTest>

using namespace parley;
using namespace parley::bench;

class BenchTargetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mintsTheContractsSessions_data();
    void mintsTheContractsSessions();
    void takesTheUrlsOfServers_data();
    void takesTheUrlsOfServers();
    void tellsProtocolsByTheirSchemes();
    void refusesOtherUrls_data();
    void refusesOtherUrls();
};

namespace {

std::time_t utc(int year, int month, int day, int hour, int minute)
{
    std::tm tm{};
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    tm.tm_mday = day;
    tm.tm_hour = hour;
    tm.tm_min = minute;
    return timegm(&tm);
}

} // namespace

void BenchTargetTest::mintsTheContractsSessions_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<qint64>("user");
    QTest::addColumn<qint64>("at");
    QTest::addColumn<std::string>("session");
    const qint64 november = utc(2026, 11, 23, 18, 5);
    QTest::newRow("user 1") << std::string("s3cret-key") << qint64(1) << november
                            << std::string("77c112ebdb947ceeb0baabe9a4dd21c8");
    QTest::newRow("user 42") << std::string("s3cret-key") << qint64(42) << november + 59
                             << std::string("8e68432d1efb3970e30551dd81f8b684");
    QTest::newRow("largest user") << std::string("k") << MaxInteger << qint64(utc(2027, 1, 1, 0, 0))
                                  << std::string("6f59b7d1452c3af12dbc70ebeb214161");
}

void BenchTargetTest::mintsTheContractsSessions()
{
    QFETCH(std::string, key);
    QFETCH(qint64, user);
    QFETCH(qint64, at);
    QFETCH(std::string, session);
    QCOMPARE(timeSession(key, UserId(user), std::time_t(at)), session);
}

void BenchTargetTest::takesTheUrlsOfServers_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("host");
    QTest::newRow("IPv4") << std::string("ws://127.0.0.1:2345") << std::string("127.0.0.1:2345");
    QTest::newRow("MQTT by WebSocket")
        << std::string("mqtt+ws://127.0.0.1:2345") << std::string("127.0.0.1:2345");
    QTest::newRow("slash") << std::string("ws://127.0.0.1:2345/") << std::string("127.0.0.1:2345");
    QTest::newRow("IPv6") << std::string("ws://[::1]:2345") << std::string("[::1]:2345");
}

void BenchTargetTest::takesTheUrlsOfServers()
{
    QFETCH(std::string, url);
    QFETCH(std::string, host);
    const Result<Target> target = Target::resolve(url, "k");
    QVERIFY(target);
    const std::string request = target->upgradeRequest(UserId(7));
    QVERIFY(request.starts_with(target->protocol() == Protocol::Parley
            ? "GET /chat/private?userId=7&session="
            : "GET /mqtt HTTP/1.1\r\nSec-WebSocket-Protocol: mqtt\r\n"));
    QVERIFY(request.find("\r\nHost: " + host + "\r\n") != std::string::npos);
    QVERIFY(request.ends_with("\r\n\r\n"));
}

void BenchTargetTest::tellsProtocolsByTheirSchemes()
{
    for (const auto &[url, protocol] : {std::pair("ws://127.0.0.1:1", Protocol::Parley),
             std::pair("mqtt://127.0.0.1:1", Protocol::Mqtt),
             std::pair("mqtt+ws://127.0.0.1:1", Protocol::MqttWebSocket)}) {
        const Result<Target> target = Target::resolve(url, {});
        QVERIFY(target);
        QCOMPARE(target->protocol(), protocol);
    }
}

void BenchTargetTest::refusesOtherUrls_data()
{
    QTest::addColumn<std::string>("url");
    for (const char *url : {"", "127.0.0.1:2345", "http://127.0.0.1:2345", "https://127.0.0.1:2345",
             "mqtts://127.0.0.1:2345", "mqtt://127.0.0.1", "mqtt+ws://127.0.0.1:2345/mqtt",
             "ws://127.0.0.1", "ws://127.0.0.1:2345/chat", "ws://127.0.0.1:http"})
        QTest::addRow("%s", url) << std::string(url);
}

void BenchTargetTest::refusesOtherUrls()
{
    QFETCH(std::string, url);
    QVERIFY(!Target::resolve(url, "k"));
}

QTEST_GUILESS_MAIN(BenchTargetTest)
#include "target.moc"
