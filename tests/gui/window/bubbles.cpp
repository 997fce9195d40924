// SPDX-License-Identifier: MIT
// Messages as bubbles.
#include "ui/pane/bubbledelegate.h"
#include "ui/pane/conversationview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace parley;
using play::Conversation;

namespace {

protocol::Message message(qint64 seq, const QByteArray &body)
{
    return {Seq(seq), UserId(1), body, fromMs(1'700'000'000'000), "id"};
}

} // namespace

class BubblesTest : public QObject {
    Q_OBJECT

    struct Scene {
        Scene()
        {
            view.resize(360, 400);
            view.show();
        }
        int height(int row)
        {
            QApplication::processEvents();
            return view.visualRect(conversation.index(row)).height();
        }
        play::Players players;
        ui::People people{players};
        Conversation conversation;
        ui::ConversationView view{conversation, people};
    };

private Q_SLOTS:
    void aBubbleGrowsWithItsTextAndInANarrowView()
    {
        Scene scene;
        scene.conversation.noteReceived(message(1, "short"));
        scene.conversation.noteReceived(message(2, "short too"));
        scene.conversation.noteReceived(message(3, QByteArray("long words ").repeated(40)));
        const int one = scene.height(1);
        const int many = scene.height(2);
        QVERIFY(many > 3 * one);
        scene.view.resize(720, 400);
        QTRY_VERIFY(scene.height(2) < many);
        QCOMPARE(scene.height(1), one);
    }

    void linesAreKeptAndHtmlIsText()
    {
        Scene scene;
        scene.conversation.noteReceived(message(1, "first"));
        scene.conversation.noteReceived(message(2, "x"));
        scene.conversation.noteReceived(message(3, "x\ny\nz"));
        scene.conversation.noteReceived(message(4, "<br><br><h1>x</h1>"));
        QVERIFY(scene.height(2) > scene.height(1));
        QCOMPARE(scene.height(3), scene.height(1));
    }

    void whyItFailedStandsInTheBubble()
    {
        Scene scene;
        scene.conversation.noteSending(UserId(2), QStringLiteral("a"), "1");
        scene.conversation.noteSending(UserId(2), QStringLiteral("b"), "2");
        const int before = scene.height(1);
        scene.conversation.noteFailed("2", QStringLiteral("The receiver's mailbox is full."));
        QTRY_VERIFY(scene.height(1) > before);
    }

    void aBodyOfAnySizeStaysBounded()
    {
        Scene scene;
        scene.conversation.noteReceived(message(1, QByteArray(32'768, 'm')));
        const int whole = scene.height(0);
        scene.conversation.noteReceived(
            message(2, QByteArray(ui::BubbleDelegate::MostChars + 1, 'm')));
        QVERIFY(whole > 1000);
        QVERIFY(std::abs(scene.height(1) - whole) < 100);
    }

    void whatHasNoBubbleAnyMoreIsConfirmedAllTheSame()
    {
        Conversation conversation;
        constexpr int Count = Conversation::MostBubbles + 10;
        for (int seq = 1; seq <= Count; ++seq)
            conversation.noteReceived(message(seq, "x"));
        QCOMPARE(conversation.rowCount(), int(Conversation::MostBubbles));
        QCOMPARE(int(conversation.unconfirmedCount()), Count);
        QCOMPARE(conversation.unconfirmed().front(), Seq(1));
        conversation.noteRemoved({Seq(1), Seq(11)});
        QCOMPARE(conversation.bubble(0).life, play::Life::Confirmed);
        conversation.noteRemovedUpTo(Seq(Count));
        QCOMPARE(int(conversation.unconfirmedCount()), 0);
    }

    void theButtonInTheBubbleConfirmsThatMessage()
    {
        Scene scene;
        scene.conversation.noteReceived(message(7, "please confirm"));
        QApplication::processEvents();
        QSignalSpy wanted(&scene.view, &ui::ConversationView::confirmWanted);
        const auto *bubbles = qobject_cast<ui::BubbleDelegate *>(scene.view.itemDelegate());
        QStyleOptionViewItem option;
        option.widget = &scene.view;
        option.font = scene.view.font();
        option.fontMetrics = QFontMetrics(option.font);
        const QModelIndex index = scene.conversation.index(0);
        option.rect = scene.view.visualRect(index);
        const QRect button = bubbles->confirmButton(option, index);
        QVERIFY(!button.isNull());
        QTest::mouseClick(scene.view.viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<std::vector<Seq>>(), std::vector{Seq(7)});
        scene.conversation.noteRemoved({Seq(7)});
        QVERIFY(bubbles->confirmButton(option, index).isNull());
    }

    void theSelectedTextsAreCopiedInTheirOrder()
    {
        Scene scene;
        for (int seq = 1; seq <= 3; ++seq)
            scene.conversation.noteReceived(message(seq, "text " + QByteArray::number(seq)));
        auto *chosen = scene.view.selectionModel();
        chosen->select(scene.conversation.index(2), QItemSelectionModel::Select);
        chosen->select(scene.conversation.index(0), QItemSelectionModel::Select);
        QTest::keySequence(&scene.view, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("text 1\ntext 3"));
    }

    void theEndIsFollowedUnlessSomebodyScrolledUp()
    {
        Scene scene;
        auto *bar = scene.view.verticalScrollBar();
        for (int seq = 1; seq <= 50; ++seq)
            scene.conversation.noteReceived(message(seq, "text"));
        QTRY_VERIFY(bar->maximum() > 0 && bar->value() == bar->maximum());
        bar->setValue(10);
        scene.conversation.noteReceived(message(51, "text"));
        QApplication::processEvents();
        QCOMPARE(bar->value(), 10);
    }
};

QTEST_MAIN(BubblesTest)
#include "bubbles.moc"
