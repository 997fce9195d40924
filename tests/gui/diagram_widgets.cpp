// SPDX-License-Identifier: MIT
// The diagram as a person meets it.
#include "gui/diagram_conversation.h"

#include "support/why.h"
#include "ui/diagrampanel.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QHelpEvent>
#include <QImage>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;
using namespace parley::ui;

class DiagramWidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyStateSaysWhatToDo();
    void theExportersColoursAreTheThemes();
    void paintsLightAndDark();
    void manyStepsPaintAsQuickly();
    void followsUntilSomebodyLooksBack();
    void whatIsLookedAtDoesNotMove();
    void pauseHoldsTheView();
    void clickSelectsTheFrame();
    void keysMoveTheSelection();
    void zoomsByKeysWheelAndActions();
    void selectAndHighlightMark();
    void detailsArePlainText();
    void hoverShowsTheFrame();
    void answersAndHeartbeatsCanBeHidden();
    void exportsEveryFormat();
    void whatCannotBeExportedIsSaidInWords();
    void dialogExports();

private:
    QTemporaryDir m_folder;
};

namespace {

// A conversation in a window.
struct Scene : Conversation {
    DiagramPanel panel{diagram, log};
    DiagramView &view = panel.view();

    explicit Scene(const QPalette &palette = lightPalette())
    {
        panel.setPalette(palette);
        panel.resize(920, 560);
        panel.show();
    }
    QAction *action(const char *name) const
    {
        return panel.findChild<QAction *>(QLatin1String(name));
    }
    QImage grab() { return panel.grab().toImage().convertToFormat(QImage::Format_RGB32); }

    // As the widgets come to be seen: everything, alive.
    void converse()
    {
        for (int pane = 0; pane < 2; ++pane) {
            opened(pane);
            hello(pane, "c" + QByteArray::number(pane));
        }
        for (int round = 0; round < 3; ++round)
            for (int pane = 0; pane < 2; ++pane) {
                sent(pane, Heartbeat);
                received(pane, HeartbeatAnswer);
            }
        sent(1, StatusAlice);
        received(1, AliceIsOnline);
        sent(0, SendHello);
        builder.setTraced(true);
        builder.addTrace(stored(9, "m1", 300));
        received(0, SentHello);
        received(1, MessageHello);
        sent(1, ConfirmHello);
        builder.addTrace(mailbox(protocol::TraceKind::Removed, 9, 300));
        received(1, ConfirmedHello);
        sent(0, "{nonsense");
        received(0, "{\"cmd\":\"ERROR\",\"code\":\"bad_json\",\"message\":\"no JSON\"}");
        ended(1, 1000, {});
    }
    void fill(int count)
    {
        for (int i = 0; i < count; ++i)
            sent(0, "{\"cmd\":\"TRACK\",\"clientId\":\"k" + QByteArray::number(i) + "\"}");
    }
    bool isAtEnd() const
    {
        return view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum();
    }
    void click(qsizetype row)
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(row).center());
    }
};

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool has(const QImage &image, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb())
                return true;
    return false;
}

} // namespace

void DiagramWidgetsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

void DiagramWidgetsTest::emptyStateSaysWhatToDo()
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

void DiagramWidgetsTest::theExportersColoursAreTheThemes()
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

void DiagramWidgetsTest::paintsLightAndDark()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        Scene scene(palette);
        scene.converse();
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

// Only what is in sight is painted: the time is the same for ten thousand times as many.
void DiagramWidgetsTest::manyStepsPaintAsQuickly()
{
    Scene scene;
    scene.fill(int(Diagram::MostArrows));
    scene.grab();
    QCOMPARE(scene.view.rows().size(), Diagram::MostArrows);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i)
        scene.view.viewport()->grab();
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

void DiagramWidgetsTest::followsUntilSomebodyLooksBack()
{
    Scene scene;
    QSignalSpy following(&scene.view, &DiagramView::followingChanged);
    scene.fill(100);
    QTRY_VERIFY(scene.view.verticalScrollBar()->maximum() > 0);
    QVERIFY(scene.isAtEnd());
    scene.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!scene.view.isFollowing());
    QVERIFY(!scene.action("follow")->isChecked());
    const int maximum = scene.view.verticalScrollBar()->maximum();
    scene.fill(100);
    QTRY_VERIFY(scene.view.verticalScrollBar()->maximum() > maximum);
    QVERIFY(!scene.isAtEnd());
    // Back by key, by action, and by scrolling to the end.
    QTest::keyClick(&scene.view, Qt::Key_End);
    QVERIFY(scene.isAtEnd() && scene.view.isFollowing());
    QTest::keyClick(&scene.view, Qt::Key_Home);
    QCOMPARE(scene.view.verticalScrollBar()->value(), 0);
    scene.action("follow")->setChecked(true);
    QVERIFY(scene.isAtEnd() && scene.view.isFollowing());
    scene.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    QVERIFY(!scene.view.isFollowing());
    scene.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
    QVERIFY(scene.view.isFollowing());
    QCOMPARE(following.count(), 6);
}

void DiagramWidgetsTest::whatIsLookedAtDoesNotMove()
{
    Scene scene;
    scene.fill(int(Diagram::MostArrows));
    QTRY_VERIFY(scene.isAtEnd() && scene.view.verticalScrollBar()->maximum() > 100'000);
    scene.click(Diagram::MostArrows - 4);
    const qint64 looked = scene.view.selectedFrame();
    QVERIFY(!scene.view.isFollowing());
    const auto place = [&] {
        const auto index = scene.diagram.indexOfFrame(looked);
        return scene.view.rectOf(scene.view.rows().rowOf(index)).top();
    };
    const int before = place();
    scene.fill(1); // a tenth leaves
    QVERIFY(scene.diagram.size() < Diagram::MostArrows);
    QVERIFY(std::abs(place() - before) <= 1);
    QCOMPARE(scene.view.selectedFrame(), looked);
}

void DiagramWidgetsTest::pauseHoldsTheView()
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

void DiagramWidgetsTest::clickSelectsTheFrame()
{
    Scene scene;
    scene.converse();
    scene.action("show-answers")->setChecked(true);
    scene.grab();
    QSignalSpy selected(&scene.view, &DiagramView::frameSelected);
    QTest::keyClick(&scene.view, Qt::Key_Home);
    QCOMPARE(selected.takeFirst().first().toLongLong(), 1);
    scene.click(2);
    QCOMPARE(selected.takeFirst().first().toLongLong(), scene.view.rows().at(2).frame);
    // What the server did is no frame.
    qsizetype row = 0;
    while (scene.view.rows().at(row).step != Step::Insert)
        ++row;
    scene.click(row);
    QCOMPARE(selected.count(), 0);
    QVERIFY(scene.view.accessibleDescription().contains(QLatin1String("INSERT unread #9")));
}

void DiagramWidgetsTest::keysMoveTheSelection()
{
    Scene scene;
    scene.fill(50);
    scene.grab();
    QSignalSpy selected(&scene.view, &DiagramView::frameSelected);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&scene.view, key);
        return selected.isEmpty() ? 0 : selected.takeLast().first().toLongLong();
    };
    QCOMPARE(press(Qt::Key_Home), 1);
    QCOMPARE(press(Qt::Key_Down), 2);
    QCOMPARE(press(Qt::Key_Down), 3);
    QCOMPARE(press(Qt::Key_Up), 2);
    const qint64 paged = press(Qt::Key_PageDown);
    QVERIFY(paged > 5);
    QVERIFY(scene.view.viewport()->rect().contains(scene.view.rectOf(paged - 1)));
    QCOMPARE(press(Qt::Key_PageUp), 2);
    QCOMPARE(press(Qt::Key_End), 50);
    press(Qt::Key_Escape);
    QCOMPARE(scene.view.selectedFrame(), 0);
}

void DiagramWidgetsTest::zoomsByKeysWheelAndActions()
{
    Scene scene;
    scene.fill(50);
    QTest::keyClick(&scene.view, Qt::Key_Plus);
    QVERIFY(scene.view.zoom() > 1);
    QTest::keyClick(&scene.view, Qt::Key_0);
    QCOMPARE(scene.view.zoom(), 1.0);
    scene.action("zoom-out")->trigger();
    QVERIFY(scene.view.zoom() < 1);
    QCOMPARE(scene.action("zoom-fit")->text(), QStringLiteral("83 %"));
    scene.action("zoom-fit")->trigger();
    QWheelEvent wheel(QPointF(50, 200), QPointF(50, 200), {}, QPoint(0, 120), {},
        Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(scene.view.viewport(), &wheel);
    QVERIFY(scene.view.zoom() > 1);
    scene.view.setZoom(1000);
    QCOMPARE(scene.view.zoom(), DiagramView::MostZoom);
    QVERIFY(scene.isAtEnd());
    QVERIFY(!scene.grab().isNull());
    scene.view.setZoom(0);
    QCOMPARE(scene.view.zoom(), DiagramView::LeastZoom);
}

void DiagramWidgetsTest::selectAndHighlightMark()
{
    Scene scene;
    scene.converse();
    const QImage plain = scene.grab();
    scene.view.select(scene.log.lastNumber() - 3);
    QCOMPARE(scene.view.selectedFrame(), scene.log.lastNumber() - 3);
    QVERIFY(scene.grab() != plain);
    scene.view.select(0);
    scene.view.setFollowing(true);
    QVERIFY(scene.grab() == plain);
    scene.view.highlightMessage(UserId(2), Seq(9), "m1");
    QVERIFY(scene.grab() != plain);
    scene.view.highlightMessage({}, {}, {});
    QVERIFY(scene.grab() == plain);
}

void DiagramWidgetsTest::detailsArePlainText()
{
    Scene scene;
    scene.sent(0, "<b>bold</b>" + QByteArray(5000, 'x'));
    scene.sent(0, "{\"cmd\":\"<img src=x>\"}");
    for (int row = 0; row < 2; ++row) {
        const QString details = scene.view.detailsOf(row);
        QVERIFY(!Qt::mightBeRichText(details));
        QVERIFY(details.contains(u'<'));
        QVERIFY(details.size() < 2500);
        for (const QString &line : details.split(u'\n'))
            QVERIFY(line.size() <= 100);
    }
    scene.diagram.clear();
    scene.received(1, MessageHello);
    QVERIFY(scene.view.detailsOf(0).contains(QLatin1String("Inferred")));
    scene.builder.addTrace(scene.stored(10, "m2"));
    QVERIFY(scene.view.detailsOf(2).contains(QLatin1String("trace")));
}

void DiagramWidgetsTest::hoverShowsTheFrame()
{
    Scene scene;
    scene.sent(0, SendHello);
    scene.grab();
    const QPoint at = scene.view.rectOf(0).center();
    QTest::mouseMove(scene.view.viewport(), at);
    QHelpEvent help(QEvent::ToolTip, at, scene.view.viewport()->mapToGlobal(at));
    QApplication::sendEvent(scene.view.viewport(), &help);
    QVERIFY(QToolTip::text().contains(QString::fromUtf8(SendHello.left(60))));
    const QPoint header(at.x(), 4);
    QHelpEvent above(QEvent::ToolTip, header, scene.view.viewport()->mapToGlobal(header));
    QApplication::sendEvent(scene.view.viewport(), &above);
    QTRY_VERIFY(!QToolTip::isVisible());
}

void DiagramWidgetsTest::answersAndHeartbeatsCanBeHidden()
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

void DiagramWidgetsTest::exportsEveryFormat()
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
    QVERIFY(has(image, coloursOf(darkPalette()).surface));
    scene.action("copy-mermaid")->trigger();
    QCOMPARE(QApplication::clipboard()->text().toUtf8(), contentsOf(base + QStringLiteral("mmd")));
}

void DiagramWidgetsTest::whatCannotBeExportedIsSaidInWords()
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

void DiagramWidgetsTest::dialogExports()
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

QTEST_MAIN(DiagramWidgetsTest)
#include "diagram_widgets.moc"
