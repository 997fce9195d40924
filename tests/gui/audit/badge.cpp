// SPDX-License-Identifier: MIT
#include "gui/audit/story.h"
#include "gui/images.h"
#include "ui/look/theme.h"
#include "ui/window/auditbadge.h"

#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

using namespace parley;
using test::Story;
using ui::AuditBadge;

class AuditBadgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNothingYet();
    void isGreenWithNumbers();
    void namesTheLostMessage();
    void aFindingLeadsToItsFrame();
    void textsOfTheWireArePlain();
    void looks();

private:
    static void lose(Story &story);
};

void AuditBadgeTest::lose(Story &story)
{
    story.begin();
    story.pushes(1, 9);
    story.confirms({9});
    story.confirmed(0);
}

void AuditBadgeTest::saysThatThereIsNothingYet()
{
    Story story;
    AuditBadge badge(story.auditor);
    QCOMPARE(badge.text(), QStringLiteral("Auditor: nothing yet"));
    badge.openPopup();
    QVERIFY(badge.popup()->isVisible());
    QVERIFY(!badge.popup()->findChild<QListWidget *>()->isVisible());
    QVERIFY(!badge.popup()->findChild<QLabel *>()->text().isEmpty());
}

void AuditBadgeTest::isGreenWithNumbers()
{
    Story story;
    AuditBadge badge(story.auditor);
    story.begin();
    story.accepted(1);
    story.pushed(1);
    story.confirms({1});
    story.confirmed(1);
    story.accepted(2);
    QTRY_COMPARE(badge.text(), QStringLiteral("No loss · 2 accepted = 1 delivered ∪ 1 unread"));
}

void AuditBadgeTest::namesTheLostMessage()
{
    Story story;
    AuditBadge badge(story.auditor);
    lose(story);
    QCOMPARE(badge.text(), QStringLiteral("LOST #9 of user 2"));
    QCOMPARE(badge.palette().color(QPalette::ButtonText), ui::coloursOf(badge.palette()).bad);
    story.auditor.reset();
    QCOMPARE(badge.text(), QStringLiteral("Auditor: nothing yet"));
    QCOMPARE(badge.popup()->findChild<QListWidget *>()->count(), 0);
}

void AuditBadgeTest::aFindingLeadsToItsFrame()
{
    Story story;
    AuditBadge badge(story.auditor);
    QSignalSpy selected(&badge, &AuditBadge::frameSelected);
    lose(story);
    badge.show();
    QTest::keyClick(&badge, Qt::Key_Space);
    auto *list = badge.popup()->findChild<QListWidget *>();
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(list->count(), 1);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0][0].toLongLong(), story.auditor.findings()[0].frame);
    QVERIFY(!badge.popup()->isVisible());
}

void AuditBadgeTest::textsOfTheWireArePlain()
{
    Story story;
    AuditBadge badge(story.auditor);
    story.begin();
    story.command(0, protocol::Send{UserId(2), "x", "<b>bold</b>"});
    story.storedAs(1, "<b>bold</b>");
    story.fetches();
    story.page({});
    const auto *list = badge.popup()->findChild<QListWidget *>();
    QVERIFY(list->item(0)->text().contains(QStringLiteral("<b>bold</b>")));
    for (const QLabel *label : badge.popup()->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void AuditBadgeTest::looks()
{
    for (const bool isDark : {false, true}) {
        qApp->setPalette(isDark ? ui::darkPalette() : ui::lightPalette());
        const QString theme = isDark ? QStringLiteral("dark") : QStringLiteral("light");
        Story good;
        good.hello(0, 1, 0, 0);
        good.hello(1, 2, 0, 0);
        good.accepted(1);
        good.pushed(1);
        Story bad;
        lose(bad);
        bad.fetches();
        bad.page({1, 2, 3, 5, 6, 7, 8});
        bad.pushed(3);
        AuditBadge green(good.auditor);
        AuditBadge red(bad.auditor);
        green.show();
        red.show();
        QVERIFY(green.width() >= green.sizeHint().width());
        red.openPopup();
        green.openPopup();
        test::keepImage(&green, QStringLiteral("badge-good-") + theme);
        test::keepImage(&red, QStringLiteral("badge-bad-") + theme);
        test::keepImage(green.popup(), QStringLiteral("badge-good-popup-") + theme);
        red.openPopup();
        test::keepImage(red.popup(), QStringLiteral("badge-bad-popup-") + theme);
    }
}

QTEST_MAIN(AuditBadgeTest)
#include "badge.moc"
