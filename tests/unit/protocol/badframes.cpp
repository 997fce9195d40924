// SPDX-License-Identifier: MIT
// Every row of data/bad_frames.json: a frame that is refused, and with what. A row's ref and
// clientId are those of the ERROR; the integration tests send the same frames to a real server.
#include "protocol/codec.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parley;
using namespace parley::protocol;

class CodecBadFramesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRefused_data();
    void isRefused();
    void isRefusedWhenNotUtf8();
};

void CodecBadFramesTest::isRefused_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QStringLiteral(PARLEY_TEST_DATA "/bad_frames.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(rows.size() >= 80);
    for (const auto &row : rows)
        QTest::newRow(qPrintable(row[QLatin1String("name")].toString())) << row.toObject();
}

void CodecBadFramesTest::isRefused()
{
    QFETCH(QJsonObject, row);
    const QByteArray frame = row[QLatin1String("frame")].toString().toUtf8();
    const auto result = decodeCommand(frame);
    const auto *bad = std::get_if<BadFrame>(&result);
    QVERIFY(bad);

    QJsonObject expected{row};
    expected.remove(QLatin1String("name"));
    expected.remove(QLatin1String("frame"));
    const QByteArray error =
        encode(Reply(Error{bad->code, "?", bad->ref, bad->clientId, bad->field, {}}));
    expected.insert(QLatin1String("cmd"), QLatin1String("ERROR"));
    expected.insert(QLatin1String("message"), QLatin1String("?"));
    QCOMPARE(QJsonDocument::fromJson(error).object(), expected);
    QVERIFY(isBadFrame(bad->code));
}

void CodecBadFramesTest::isRefusedWhenNotUtf8()
{
    for (const char *text : {"\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80"}) {
        const auto frame = QByteArray(R"({"cmd":"HEARTBEAT","x":")") + text + "\"}";
        const auto result = decodeCommand(frame);
        QVERIFY(std::holds_alternative<BadFrame>(result));
        QCOMPARE(std::get<BadFrame>(result).code, ErrorCode::BadJson);
    }
}

QTEST_GUILESS_MAIN(CodecBadFramesTest)
#include "badframes.moc"
