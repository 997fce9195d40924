// SPDX-License-Identifier: MIT
// All scenarios that are shipped, by the program that testers use, on both stores.
#include "support/postgres.h"
#include "support/why.h"

#include <QDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cstdio>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Patience = 280'000; // ms

struct Suites {
    int suites = 0;
    int cases = 0;
    int failures = 0;
    int skipped = 0;
    bool wellFormed = false;
};

Suites readSuites(const QString &path)
{
    QFile file(path);
    Suites found;
    if (!file.open(QIODevice::ReadOnly))
        return found;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        found.suites += xml.name() == QLatin1String("testsuite") ? 1 : 0;
        found.cases += xml.name() == QLatin1String("testcase") ? 1 : 0;
        found.failures += xml.name() == QLatin1String("failure") ? 1 : 0;
        found.skipped += xml.name() == QLatin1String("skipped") ? 1 : 0;
    }
    found.wellFormed = !xml.hasError();
    return found;
}

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sqlite() { allPass({}); }
    void postgresql()
    {
        Postgres postgres;
        const Done started = postgres.start();
        QVERIFY2(started, why(started));
        const auto database = postgres.createDatabase();
        QVERIFY2(database, why(database));
        allPass({QStringLiteral("--store"), *database});
    }

private:
    void allPass(const QStringList &options);
};

void TestScenarios::allPass(const QStringList &options)
{
    const QTemporaryDir folder;
    const QString junit = folder.filePath(QStringLiteral("junit.xml"));
    const QString report = folder.filePath(QStringLiteral("report.html"));
    const QDir scenarios(QStringLiteral(SCENARIOS));
    const QStringList names = scenarios.entryList({QStringLiteral("*.yaml")}, QDir::Files);
    QVERIFY(names.size() >= 12);
    QStringList arguments{QStringLiteral("--headless"), QStringLiteral("run")};
    for (const QString &name : names)
        arguments.append(scenarios.filePath(name));
    arguments += {QStringLiteral("--junit"), junit, QStringLiteral("--report"), report};
    QProcess client;
    client.setProcessChannelMode(QProcess::MergedChannels);
    // No display is to be needed.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(variable));
    client.setProcessEnvironment(environment);
    client.start(QStringLiteral(PARLEY_CLIENT), arguments + options);
    QVERIFY(client.waitForFinished(Patience));
    const QByteArray output = client.readAll();
    const bool ok = client.exitStatus() == QProcess::NormalExit && client.exitCode() == 0;
    if (!ok) // longer than a message of QVERIFY2 may be
        std::fputs(output.constData(), stderr);
    QVERIFY(ok);
    qInfo("%s", output.mid(output.lastIndexOf("\n\n")).trimmed().constData());

    const Suites suites = readSuites(junit);
    QVERIFY(suites.wellFormed);
    QCOMPARE(suites.suites, int(names.size()));
    QVERIFY(suites.cases > 10 * suites.suites);
    QCOMPARE(suites.failures, 0);
    QCOMPARE(suites.skipped, 0);
    QVERIFY(QFileInfo(report).size() > 100'000);
}

QTEST_GUILESS_MAIN(TestScenarios)
#include "shipped.moc"
