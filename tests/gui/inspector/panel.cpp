// SPDX-License-Identifier: MIT
#include "frames/framelog.h"
#include "ui/inspector/framedetail.h"
#include "ui/inspector/frametable.h"
#include "ui/inspector/inspectorpanel.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace parley;
using namespace parley::frames;
using namespace parley::ui;

class InspectorPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void searchHoldsBackAndEscapeShowsAll();
    void whatIsSelectedIsShownInFull();
    void enterLeadsToThePayloadAndEscapeBack();
    void theFrameIsCopiedAsJsonAndAsALine();
    void aMessageIsFollowedAndLeft();
    void aLinkFindsItsFrameWhateverIsHeldBack();
    void theNewestIsFollowedUntilOneScrollsUp();
    void framesAreSavedAndLoadedAndLeft();
    void aBadFileSaysWhatIsWrong();
    void hostileTextStaysText();
    void columnsAreRemembered();

private:
    void talk(int messages = 1);
    template <class T> T *find() { return panel->findChild<T *>(); }
    QPushButton *button(const char *text);
    QAbstractItemModel *rows() { return find<FrameTable>()->model(); }

    QTemporaryDir m_folder;
    std::unique_ptr<FrameLog> log;
    std::unique_ptr<InspectorPanel> panel;
};

void InspectorPanelTest::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QCoreApplication::setOrganizationName(QStringLiteral("parley-test"));
}

void InspectorPanelTest::init()
{
    log = std::make_unique<FrameLog>();
    log->setPaneName(0, QStringLiteral("ClientA"));
    log->setPaneName(1, QStringLiteral("ClientB"));
    panel = std::make_unique<InspectorPanel>(*log);
    panel->resize(1200, 500);
    panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
}

void InspectorPanelTest::cleanup()
{
    panel.reset();
    log.reset();
}

// Each message is five frames: SEND, SENT, MESSAGE, CONFIRM, CONFIRMED; and a HEARTBEAT behind it.
void InspectorPanelTest::talk(int messages)
{
    const auto add = [this](int pane, Kind kind, const QByteArray &text) {
        log->append(makeFrame(pane, kind, UserId(pane + 1), text, nowUs()));
    };
    for (int i = 1; i <= messages; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray id = "\"clientId\":\"key" + n + '"';
        add(0, Kind::Sent,
            "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"Hello " + n + "\"," + id + '}');
        add(0, Kind::Received,
            "{\"cmd\":\"SENT\",\"receiveUserId\":2,\"time\":5,\"seq\":" + n + ',' + id + '}');
        add(1, Kind::Received,
            "{\"cmd\":\"MESSAGE\",\"sendUserId\":1,\"body\":\"Hello " + n
                + "\",\"time\":5,\"seq\":" + n + ',' + id + '}');
        add(1, Kind::Sent, "{\"cmd\":\"CONFIRM\",\"seqs\":[" + n + "],\"ref\":\"c" + n + "\"}");
        add(1, Kind::Received, "{\"cmd\":\"CONFIRMED\",\"removed\":1,\"ref\":\"c" + n + "\"}");
        add(1, Kind::Sent, "{\"cmd\":\"HEARTBEAT\",\"ref\":\"h" + n + "\"}");
    }
    log->flush();
}

QPushButton *InspectorPanelTest::button(const char *text)
{
    for (auto *button : panel->findChildren<QPushButton *>()) {
        if (button->text().remove(QLatin1Char('&')) == QLatin1String(text))
            return button;
    }
    return nullptr;
}

void InspectorPanelTest::searchHoldsBackAndEscapeShowsAll()
{
    talk(3);
    QTest::keyClick(panel.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = find<QLineEdit>();
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("hello 2"));
    QTRY_COMPARE(rows()->rowCount(), 2);
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(find<FrameTable>()->hasFocus());
    QCOMPARE(find<FrameTable>()->currentNumber(), 7);
    QTest::keyClick(find<FrameTable>(), Qt::Key_Down);
    QCOMPARE(find<FrameTable>()->currentNumber(), 9);
    QTest::keyClick(find<FrameTable>(), Qt::Key_Escape);
    QCOMPARE(rows()->rowCount(), 18);
    QCOMPARE(search->text(), QString());
    QCOMPARE(find<FrameTable>()->currentNumber(), 9);
}

void InspectorPanelTest::whatIsSelectedIsShownInFull()
{
    talk();
    QSignalSpy selected(panel.get(), &InspectorPanel::frameSelected);
    panel->select(2);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0][0].toLongLong(), 2);
    QVERIFY(find<FrameDetail>()->text().startsWith(QLatin1String("{\n  \"cmd\": \"SENT\",\n")));
}

void InspectorPanelTest::enterLeadsToThePayloadAndEscapeBack()
{
    talk();
    panel->select(1);
    auto *table = find<FrameTable>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(find<FrameDetail>()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(table->hasFocus());
}

void InspectorPanelTest::theFrameIsCopiedAsJsonAndAsALine()
{
    talk();
    log->setPaneServer(0, QUrl(QStringLiteral("ws://example.org:99")));
    panel->select(1);
    button("Copy JSON")->click();
    QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("\"body\": \"Hello 1\"")));
    button("Copy as websocat")->click();
    const QString line = QApplication::clipboard()->text();
    QVERIFY(line.contains(QLatin1String("websocat 'ws://example.org:99/chat/private?userId=1")));
    QVERIFY(line.contains(QLatin1String("\"body\":\"Hello 1\"")));
    log->append(makeEnd(0, UserId(1), 401, {}, nowUs()));
    panel->select(log->lastNumber());
    QVERIFY(button("Copy as curl"));
}

void InspectorPanelTest::aMessageIsFollowedAndLeft()
{
    talk(3);
    QSignalSpy followed(panel.get(), &InspectorPanel::messageFollowed);
    panel->select(9); // MESSAGE of the second
    button("Follow this message")->click();
    QCOMPARE(rows()->rowCount(), 5);
    QCOMPARE(followed.size(), 1);
    QCOMPARE(
        followed[0][0].value<MessageKey>(), (MessageKey{UserId(1), "key2", UserId(2), Seq(2)}));
    QCOMPARE(find<FrameTable>()->currentNumber(), 9);
    find<FrameTable>()->setFocus();
    QTest::keyClick(find<FrameTable>(), Qt::Key_Escape);
    QCOMPARE(rows()->rowCount(), 18);
    panel->select(6);
    QVERIFY(!button("Follow this message")->isEnabled());
}

void InspectorPanelTest::aLinkFindsItsFrameWhateverIsHeldBack()
{
    talk(3);
    panel->select(9);
    button("Follow this message")->click();
    panel->select(1);
    QCOMPARE(find<FrameTable>()->currentNumber(), 1);
    QCOMPARE(rows()->rowCount(), 18);
    panel->select(1000); // is said, and changes nothing
    QCOMPARE(find<FrameTable>()->currentNumber(), 1);
}

void InspectorPanelTest::theNewestIsFollowedUntilOneScrollsUp()
{
    talk(50);
    auto *table = find<FrameTable>();
    const auto *bar = table->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    talk(1);
    QTRY_COMPARE(bar->value(), bar->maximum());
    table->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(!table->followsNewest());
    const int before = bar->value();
    talk(10);
    QCoreApplication::processEvents();
    QCOMPARE(bar->value(), before);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
    QVERIFY(table->followsNewest());
}

void InspectorPanelTest::framesAreSavedAndLoadedAndLeft()
{
    talk(2);
    const QString path = m_folder.filePath(QStringLiteral("f.jsonl"));
    panel->saveTo(path);
    QTRY_VERIFY(QFile::exists(path));
    talk(1);
    QSignalSpy selected(panel.get(), &InspectorPanel::frameSelected);
    panel->loadFrom(path);
    QTRY_VERIFY(panel->showsFile());
    QCOMPARE(rows()->rowCount(), 12);
    talk(1);
    QCOMPARE(rows()->rowCount(), 12);
    find<FrameTable>()->select(3);
    for (const auto &told : selected)
        QVERIFY(told[0].toLongLong() != 3); // that would be another frame of the panes'
    panel->select(3);
    QVERIFY(!panel->showsFile());
    QCOMPARE(rows()->rowCount(), 24);
}

void InspectorPanelTest::aBadFileSaysWhatIsWrong()
{
    QFile file(m_folder.filePath(QStringLiteral("bad")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("what\n");
    file.close();
    const auto says = [this](const QString &text) {
        const auto labels = panel->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    panel->loadFrom(file.fileName());
    QTRY_VERIFY(says(QStringLiteral("Line 1 ")));
    panel->loadFrom(m_folder.filePath(QStringLiteral("none")));
    QVERIFY(says(QStringLiteral("could not be read")));
}

void InspectorPanelTest::hostileTextStaysText()
{
    const QByteArray evil = "<b>bold</b><img src=x>";
    log->setPaneName(0, QString::fromUtf8(evil));
    log->append(makeFrame(0, Kind::Received, UserId(1), evil, nowUs()));
    panel->select(1);
    QCOMPARE(find<FrameDetail>()->text(), QString::fromUtf8(evil));
    for (const auto *label : panel->findChildren<QLabel *>())
        QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'));
}

void InspectorPanelTest::columnsAreRemembered()
{
    find<FrameTable>()->setColumnWidth(FrameLog::Cmd, 321);
    cleanup();
    init();
    QCOMPARE(find<FrameTable>()->columnWidth(FrameLog::Cmd), 321);
}

QTEST_MAIN(InspectorPanelTest)
#include "panel.moc"
