// SPDX-License-Identifier: MIT
// The diagram as a person looks at it.
#include "gui/diagram/scene.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>

using namespace parley;
using namespace parley::diagram;
using namespace parley::test;
using namespace parley::ui;

class DiagramViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyStepsPaintAsQuickly();
    void followsUntilSomebodyLooksBack();
    void whatIsLookedAtDoesNotMove();
    void clickSelectsTheFrame();
    void keysMoveTheSelection();
    void zoomsByKeysWheelAndActions();
    void selectAndHighlightMark();
    void detailsArePlainText();
    void hoverShowsTheFrame();
};

// Only what is in sight is painted: the time is the same for ten thousand times as many.
void DiagramViewTest::manyStepsPaintAsQuickly()
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

void DiagramViewTest::followsUntilSomebodyLooksBack()
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

void DiagramViewTest::whatIsLookedAtDoesNotMove()
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

void DiagramViewTest::clickSelectsTheFrame()
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
    while (scene.view.rows().at(row).event != Event::Insert)
        ++row;
    scene.click(row);
    QCOMPARE(selected.count(), 0);
    QVERIFY(scene.view.accessibleDescription().contains(QLatin1String("INSERT unread #9")));
}

void DiagramViewTest::keysMoveTheSelection()
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

void DiagramViewTest::zoomsByKeysWheelAndActions()
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

void DiagramViewTest::selectAndHighlightMark()
{
    Scene scene;
    scene.converse();
    const QImage plain = scene.grab();
    QVERIFY(!scene.view.horizontalScrollBar()->isVisible());
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

void DiagramViewTest::detailsArePlainText()
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

void DiagramViewTest::hoverShowsTheFrame()
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

QTEST_MAIN(DiagramViewTest)
#include "view.moc"
