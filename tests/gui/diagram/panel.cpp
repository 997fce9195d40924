// SPDX-License-Identifier: MIT
// What can be done with the diagram, and what comes out.
#include "gui/diagram/scene.h"

#include "support/why.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QTemporaryDir>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;
using namespace parley::ui;

class DiagramPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyStateSaysWhatToDo();
    void theExportersColoursAreTheThemes();
    void paintsLightAndDark();
    void pauseHoldsTheView();
    void answersAndHeartbeatsCanBeHidden();
    void exportsEveryFormat();
    void whatCannotBeExportedIsSaidInWords();
    void dialogExports();

private:
    QTemporaryDir m_folder;
};

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void DiagramPanelTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

void DiagramPanelTest::emptyStateSaysWhatToDo()
{
    Scene scene;
    const auto isEmptyShown = [&] {
        const auto labels = scene.panel.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(QLatin1String("Connect both"));
        });
    };
    QVERIFY(isEmptyShown());
    scene.sent(0, SendHello);
    QVERIFY(!isEmptyShown());
    scene.action("clear")->trigger();
    QVERIFY(isEmptyShown());
}

void DiagramPanelTest::theExportersColoursAreTheThemes()
{
    const diagram::Palette theme = paletteOf(coloursOf(lightPalette()));
    const diagram::Palette plain;
    QCOMPARE(plain.surface, theme.surface);
    QCOMPARE(plain.box, theme.box);
    QCOMPARE(plain.text, theme.text);
    QCOMPARE(plain.muted, theme.muted);
    QCOMPARE(plain.line, theme.line);
    for (const Kind kind : {Kind::Command, Kind::Store, Kind::Deliver, Kind::Confirm,
             Kind::Presence, Kind::Error, Kind::Connection, Kind::Answer})
        QCOMPARE(plain.of(kind), theme.of(kind));
}

void DiagramPanelTest::paintsLightAndDark()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        Scene scene(palette);
        scene.panel.resize(920, 900);
        scene.converse();
        scene.action("show-answers")->setChecked(true);
        scene.view.highlightMessage(UserId(2), Seq(9), "m1");
        const Colours colours = coloursOf(palette);
        const QImage image = scene.grab();
        for (const QColor &colour : {colours.surface, colours.command, colours.store,
                 colours.deliver, colours.confirm, colours.bad})
            QVERIFY2(has(image, colour), qPrintable(colour.name()));
        // For whoever wants to look at it.
        const QByteArray folder = qgetenv("PARLEY_TEST_PICTURES");
        const QString name = colours.isDark ? QStringLiteral("dark") : QStringLiteral("light");
        if (!folder.isEmpty())
            QVERIFY(image.save(
                QStringLiteral("%1/diagram-%2.png").arg(QString::fromLocal8Bit(folder), name)));
    }
}

void DiagramPanelTest::pauseHoldsTheView()
{
    Scene scene;
    scene.fill(3);
    scene.action("pause")->trigger();
    QVERIFY(scene.diagram.isPaused());
    scene.fill(3);
    QCOMPARE(scene.view.rows().size(), 3);
    QCOMPARE(scene.diagram.size(), 6);
    scene.action("pause")->trigger();
    QCOMPARE(scene.view.rows().size(), 6);
}

void DiagramPanelTest::answersAndHeartbeatsCanBeHidden()
{
    Scene scene;
    scene.sent(0, Heartbeat);
    scene.received(0, HeartbeatAnswer);
    scene.sent(0, SendHello);
    scene.received(0, SentHello);
    QCOMPARE(scene.view.rows().size(), 4); // as the flows were first drawn
    scene.action("show-answers")->setChecked(true);
    QCOMPARE(scene.view.rows().size(), 6);
    scene.action("show-heartbeats")->setChecked(false);
    QCOMPARE(scene.view.rows().size(), 3);
}

void DiagramPanelTest::exportsEveryFormat()
{
    Scene scene(darkPalette());
    scene.converse();
    const QString base = m_folder.filePath(QStringLiteral("out."));
    for (const char *suffix : {"svg", "mmd", "puml", "PNG"}) {
        const Done written = scene.panel.exportTo(base + QLatin1String(suffix));
        QVERIFY2(written, why(written));
    }
    QVERIFY(contentsOf(base + QStringLiteral("svg")).contains("INSERT unread #9"));
    QVERIFY(contentsOf(base + QStringLiteral("svg"))
                .contains(coloursOf(darkPalette()).surface.name().toLatin1()));
    QVERIFY(!contentsOf(base + QStringLiteral("svg")).contains("SENT #9"));
    QVERIFY(contentsOf(base + QStringLiteral("mmd")).startsWith("sequenceDiagram"));
    QVERIFY(contentsOf(base + QStringLiteral("puml")).startsWith("@startuml"));
    const QImage image(base + QStringLiteral("PNG"));
    QVERIFY(image.width() > 1500); // twice as large
    // To its last pixel.
    QCOMPARE(
        image.pixelColor(image.width() - 1, image.height() - 1), coloursOf(darkPalette()).surface);
    QVERIFY(has(image, coloursOf(darkPalette()).surface));
    scene.action("copy-mermaid")->trigger();
    QCOMPARE(QApplication::clipboard()->text().toUtf8(), contentsOf(base + QStringLiteral("mmd")));
}

void DiagramPanelTest::whatCannotBeExportedIsSaidInWords()
{
    Scene scene;
    scene.fill(2000);
    const Done tooLong = scene.panel.exportTo(m_folder.filePath(QStringLiteral("long.png")));
    QVERIFY(!tooLong && tooLong.failure().text.contains(QLatin1String("SVG")));
    const Done strange = scene.panel.exportTo(m_folder.filePath(QStringLiteral("x.doc")));
    QVERIFY(!strange && strange.failure().text.contains(QLatin1String(".svg")));
    const Done nowhere =
        scene.panel.exportTo(m_folder.filePath(QStringLiteral("no/such/folder/x.svg")));
    QVERIFY(!nowhere && nowhere.failure().text.contains(QLatin1String("x.svg")));
}

void DiagramPanelTest::dialogExports()
{
    Scene scene;
    scene.converse();
    scene.action("export-mermaid")->trigger();
    auto *dialog = scene.panel.findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    const QString path = m_folder.filePath(QStringLiteral("dialog.mmd"));
    Q_EMIT dialog->fileSelected(path);
    QVERIFY(QFile::exists(path));
    const auto labels = scene.panel.findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels,
        [&](const QLabel *label) { return label->isVisible() && label->text().contains(path); }));
    dialog->close();
}

QTEST_MAIN(DiagramPanelTest)
#include "panel.moc"
