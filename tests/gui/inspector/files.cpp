// SPDX-License-Identifier: MIT
#include "frames/framefile.h"
#include "frames/framelog.h"
#include "frames/jsonl.h"

#include <QBuffer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace parley;
using namespace parley::frames;

namespace {

void fill(FrameLog &log)
{
    log.setPaneName(0, QStringLiteral("ClientA"));
    log.setPaneName(3, QStringLiteral("\"Ü\"\n"));
    log.append(makeFrame(0, Kind::Opened, UserId(1), {}, 1'800'000'000'123'456));
    log.append(makeFrame(0, Kind::Sent, UserId(1),
        R"({"cmd":"SEND","receiveUserId":2,"body":"a\nb","clientId":"k"})", 1));
    log.append(makeFrame(3, Kind::Received, UserId(MaxInteger), "ch\xc3\xa0o \\ \" \x01", 2));
    log.append(makeFrame(0, Kind::Received, UserId(1),
        R"({"cmd":"SENT","clientId":"k","receiveUserId":2,"seq":9,"time":1})", 8));
    log.append(makeFrame(0, Kind::Sent, {}, QByteArray("no \xff UTF-8\0", 11), 3));
    Frame binary = makeFrame(0, Kind::Sent, UserId(1), {}, 4);
    binary.payload = QByteArray("{\"cmd\":\"SEND\"}\0", 15);
    binary.isBinary = true;
    log.append(binary);
    log.append(makeEnd(0, UserId(1), 4508, "heartbeat timeout", 5));
    log.append(makeEnd(0, {}, 401, {}, 6));
    log.flush();
}

bool same(const Frame &a, const Frame &b)
{
    const auto all = [](const Frame &f) {
        return std::tie(f.atUs, f.pane, f.kind, f.isBinary, f.userId, f.payload, f.cmd, f.clientId,
            f.ref, f.seq, f.peerUserId, f.code, f.roundTripUs);
    };
    return all(a) == all(b);
}

} // namespace

class InspectorFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSavedIsLoadedExactly();
    void anAnswerKeepsItsRoundTripWithoutItsCommand();
    void hostileLinesAreSkippedAndNamed_data();
    void hostileLinesAreSkippedAndNamed();
    void theGoodLinesAroundABadOneAreKept();
    void manyProblemsAreCountedAndNotAllTold();
    void anEndlessLineIsSkipped();
    void unknownMembersAndWindowsLineEndsAreTaken();
    void aFileThatCannotBeReadOrWrittenSaysWhy();
};

void InspectorFiles::whatWasSavedIsLoadedExactly()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("frames.jsonl"));
    FrameLog log;
    fill(log);
    FrameFile saver(log);
    QSignalSpy saved(&saver, &FrameFile::saved);
    QVERIFY(saver.save(path));
    QVERIFY(!saver.save(path)); // one at once
    QVERIFY(saved.wait());
    QCOMPARE(saved[0][0].toLongLong(), log.rowCount());

    FrameLog other;
    FrameFile loader(other);
    QSignalSpy loaded(&loader, &FrameFile::loaded);
    QVERIFY(loader.load(path));
    QVERIFY(loaded.wait());
    const auto report = loaded[0][0].value<FrameFile::Loaded>();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.frames, log.rowCount());
    QCOMPARE(other.rowCount(), log.rowCount());
    for (qint64 number = 1; number <= log.lastNumber(); ++number)
        QVERIFY2(same(*log.frame(number), *other.frame(number)), QByteArray::number(number));
    QCOMPARE(other.paneName(3), log.paneName(3));
}

void InspectorFiles::anAnswerKeepsItsRoundTripWithoutItsCommand()
{
    Frame answer = makeFrame(0, Kind::Received, UserId(1), "{\"cmd\":\"CONFIRMED\",\"ref\":1}", 9);
    answer.roundTripUs = 7;
    const auto read = fromJsonLine(toJsonLine(answer, QStringLiteral("ClientA")));
    QVERIFY(read && same(read->frame, answer));
    QCOMPARE(read->paneName, QStringLiteral("ClientA"));
}

void InspectorFiles::hostileLinesAreSkippedAndNamed_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &line, const char *problem) {
        QTest::newRow(name) << line << QString::fromLatin1(problem);
    };
    const QByteArray begin = "{\"at\":1,\"pane\":0,\"kind\":\"sent\"";
    row("no JSON", "frames", "JSON");
    row("an array", "[1]", "JSON");
    row("cut off", begin, "JSON");
    row("no UTF-8", begin + ",\"payload\":\"\xff\"}", "JSON");
    row("nested", "{\"at\":" + QByteArray(100'000, '['), "JSON");
    row("no time", "{\"pane\":0,\"kind\":\"sent\"}", "\"at\"");
    row("a time before 1970", "{\"at\":-1,\"pane\":0,\"kind\":\"sent\"}", "\"at\"");
    row("a pane too far", "{\"at\":1,\"pane\":2000000000,\"kind\":\"sent\"}", "\"pane\"");
    row("a pane below none", "{\"at\":1,\"pane\":-1,\"kind\":\"sent\"}", "\"pane\"");
    row("another kind", "{\"at\":1,\"pane\":0,\"kind\":\"lost\"}", "\"kind\"");
    row("a kind that is a number", "{\"at\":1,\"pane\":0,\"kind\":1}", "\"kind\"");
    row("nobody's", begin + ",\"userId\":-4}", "\"userId\"");
    row("base64 that is none", begin + ",\"base64\":\"*\"}", "\"base64\"");
    row("a long name", begin + ",\"name\":\"" + QByteArray(300, 'n') + "\"}", "\"name\"");
}

void InspectorFiles::hostileLinesAreSkippedAndNamed()
{
    QFETCH(QByteArray, line);
    QFETCH(const QString, problem);
    const auto frame = fromJsonLine(line);
    QVERIFY(!frame);
    QVERIFY2(frame.failure().text.contains(problem), qPrintable(frame.failure().text));
}

void InspectorFiles::theGoodLinesAroundABadOneAreKept()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("f")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray good = toJsonLine(makeFrame(0, Kind::Sent, {}, "x", 1), QStringLiteral("A"));
    file.write(good + "\n{\"at\":1}\n" + good + "what\n" + good.chopped(1));
    file.close();
    FrameLog log;
    FrameFile loader(log);
    QSignalSpy loaded(&loader, &FrameFile::loaded);
    QVERIFY(loader.load(file.fileName()));
    QVERIFY(loaded.wait());
    const auto report = loaded[0][0].value<FrameFile::Loaded>();
    QCOMPARE(report.frames, 3);
    QCOMPARE(report.badLines, 2);
    QCOMPARE(report.problems.size(), 2);
    QVERIFY2(
        report.problems[0].startsWith(QLatin1String("Line 3 ")), qPrintable(report.problems[0]));
    QVERIFY2(
        report.problems[1].startsWith(QLatin1String("Line 5 ")), qPrintable(report.problems[1]));
}

void InspectorFiles::manyProblemsAreCountedAndNotAllTold()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("f")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("x\n").repeated(1000));
    file.close();
    FrameLog log;
    FrameFile loader(log);
    QSignalSpy loaded(&loader, &FrameFile::loaded);
    QVERIFY(loader.load(file.fileName()));
    QVERIFY(loaded.wait());
    const auto report = loaded[0][0].value<FrameFile::Loaded>();
    QCOMPARE(report.badLines, 1000);
    QCOMPARE(report.problems.size(), FrameFile::MostProblems);
}

void InspectorFiles::anEndlessLineIsSkipped()
{
    QBuffer buffer;
    const QByteArray good = toJsonLine(makeFrame(0, Kind::Sent, {}, "x", 1), QString());
    buffer.setData(QByteArray(JsonlReader::MostLineBytes * 2 + 7, 'x') + '\n' + good);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    JsonlReader reader(buffer);
    QVERIFY(!reader.next());
    const auto next = reader.next();
    QVERIFY(next && next->has_value());
    QCOMPARE(reader.line(), 2);
    QVERIFY(reader.atEnd());
}

void InspectorFiles::unknownMembersAndWindowsLineEndsAreTaken()
{
    QBuffer buffer;
    buffer.setData("{\"x\":[1e999],\"at\":5,\"pane\":1,\"kind\":\"received\","
                   "\"payload\":\"p\"}\r\n");
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    JsonlReader reader(buffer);
    const auto next = reader.next();
    QVERIFY(next && next->has_value());
    QCOMPARE((*next)->frame.payload, QByteArray("p"));
    QCOMPARE((*next)->frame.pane, 1);
}

void InspectorFiles::aFileThatCannotBeReadOrWrittenSaysWhy()
{
    FrameLog log;
    FrameFile file(log);
    const QTemporaryDir folder;
    const auto loaded = file.load(folder.filePath(QStringLiteral("none")));
    QVERIFY(!loaded && !loaded.failure().text.isEmpty());
    const auto saved = file.save(folder.filePath(QStringLiteral("no/folder")));
    QVERIFY(!saved && !saved.failure().text.isEmpty());
    QVERIFY(!file.isBusy());
}

QTEST_GUILESS_MAIN(InspectorFiles)
#include "files.moc"
