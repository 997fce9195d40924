// SPDX-License-Identifier: MIT
#include "gui/images.h"
#include "support/testserver.h"
#include "ui/load/chart.h"
#include "ui/load/loadtab.h"
#include "ui/look/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace parley;
using test::TestServer;
using ui::Chart;
using ui::LoadTab;

class LoadTabTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startThenSamplesThenStop();
    void saysWhatIsMissing();
    void twoUsersMayMakeTenPairs();
    void showsWhyNobodyCouldConnect();
    void chartsKeepTenMinutes();
    void chartsFollowThePalette();

private:
    static QPushButton *button(const LoadTab &tab, const char *text)
    {
        for (QPushButton *one : tab.findChildren<QPushButton *>()) {
            if (one->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return one;
        }
        return nullptr;
    }
    static QSpinBox *number(const LoadTab &tab, const char *name)
    {
        for (QSpinBox *one : tab.findChildren<QSpinBox *>()) {
            if (one->accessibleName() == QLatin1String(name))
                return one;
        }
        return nullptr;
    }
    static QString state(const LoadTab &tab)
    {
        return tab.findChild<QLabel *>(QStringLiteral("loadState"))->text();
    }
};

void LoadTabTest::startThenSamplesThenStop()
{
    const TestServer server;
    for (const bool isDark : {false, true}) {
        qApp->setPalette(isDark ? ui::darkPalette() : ui::lightPalette());
        LoadTab tab;
        tab.resize(1100, 720);
        tab.setServer(server.url(), TestServer::SecretKey);
        tab.show();
        const QString theme = isDark ? QStringLiteral("dark") : QStringLiteral("light");
        test::keepImage(&tab, QStringLiteral("load-empty-") + theme);
        number(tab, "Pairs")->setValue(5);
        number(tab, "Duration")->setValue(0);
        QSignalSpy finished(&tab, &LoadTab::runFinished);
        QVERIFY(!button(tab, "Stop")->isEnabled());
        QTest::mouseClick(button(tab, "Start"), Qt::LeftButton);
        QVERIFY(tab.isRunning());
        QVERIFY(!button(tab, "Start")->isEnabled());
        QVERIFY(!number(tab, "Pairs")->isEnabled());
        QTRY_VERIFY(tab.findChild<Chart *>()->points() >= 8);
        QVERIFY(state(tab).startsWith(QStringLiteral("Running")));
        test::keepImage(&tab, QStringLiteral("load-running-") + theme);
        QTest::mouseClick(button(tab, "Stop"), Qt::LeftButton);
        QVERIFY(!button(tab, "Stop")->isEnabled());
        QVERIFY(finished.wait());
        QVERIFY(!tab.isRunning());
        QVERIFY(button(tab, "Start")->isEnabled());
        QVERIFY2(state(tab).contains(QStringLiteral("Nothing lost")), qPrintable(state(tab)));
        test::keepImage(&tab, QStringLiteral("load-done-") + theme);
    }
}

void LoadTabTest::saysWhatIsMissing()
{
    LoadTab tab;
    QVERIFY(!button(tab, "Start")->isEnabled());
    tab.setServer(QUrl(QStringLiteral("ws://127.0.0.1:2345")), {});
    QVERIFY(button(tab, "Start")->isEnabled());
    button(tab, "Start")->click();
    QVERIFY(!tab.isRunning());
    QVERIFY(state(tab).contains(QStringLiteral("secret key")));
}

void LoadTabTest::twoUsersMayMakeTenPairs()
{
    LoadTab tab;
    number(tab, "Pairs")->setValue(500);
    auto *identity = tab.findChild<QComboBox *>();
    identity->setCurrentIndex(1);
    QCOMPARE(number(tab, "Pairs")->value(), load::Plan::MostPairsOfTwo);
    identity->setCurrentIndex(0);
    QCOMPARE(number(tab, "Pairs")->maximum(), load::Plan::MostPairs);
}

void LoadTabTest::showsWhyNobodyCouldConnect()
{
    const TestServer server;
    LoadTab tab;
    tab.setServer(server.url(), "another key");
    QSignalSpy finished(&tab, &LoadTab::runFinished);
    button(tab, "Start")->click();
    QVERIFY(finished.wait(10'000));
    QVERIFY(state(tab).contains(QStringLiteral("No pair could connect")));
    QVERIFY(button(tab, "Start")->isEnabled());
}

void LoadTabTest::chartsKeepTenMinutes()
{
    Chart chart(QStringLiteral("x"), {{QStringLiteral("y"), Chart::Ink::Accent}});
    for (int i = 0; i < 3000; ++i)
        chart.append(i * 0.25, {double(i)});
    QCOMPARE(chart.points(), 4 * int(Chart::MostSeconds) + 1);
    chart.clear();
    QCOMPARE(chart.points(), 0);
}

void LoadTabTest::chartsFollowThePalette()
{
    Chart chart(QStringLiteral("x"), {{QStringLiteral("y"), Chart::Ink::Accent}});
    chart.resize(300, 200);
    for (const QPalette &palette : {ui::lightPalette(), ui::darkPalette(), ui::lightPalette()}) {
        chart.setPalette(palette);
        const QImage image = chart.grab().toImage();
        QCOMPARE(image.pixelColor(image.width() / 2, image.height() - 14),
            ui::coloursOf(palette).surface);
    }
}

QTEST_MAIN(LoadTabTest)
#include "tab.moc"
