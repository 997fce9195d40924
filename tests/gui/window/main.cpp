// SPDX-License-Identifier: MIT
// The main window: its panes, panels, theme, icons, and how it is started.
#include "app/demo.h"
#include "gui/window/fixture.h"
#include "support/testserver.h"
#include "support/why.h"
#include "ui/inspector/composerpanel.h"
#include "ui/look/icons.h"
#include "ui/look/messagebar.h"
#include "ui/look/words.h"
#include "ui/window/settings.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSet>
#include <QTranslator>

using namespace parley;
using namespace parley::test;
using ui::readCommandLine;

class MainTest : public QObject {
    Q_OBJECT

    std::optional<OwnSettings> m_settings;

    static bool isDark(const QWidget &widget)
    {
        return widget.palette().color(QPalette::Window).lightness() < 128;
    }

private Q_SLOTS:
    void init() { m_settings.emplace(); }

    void sizeAndPanelsAreAsTheyWereLeft()
    {
        QSize size;
        {
            Window window;
            window.main.resize(1111, 777);
            auto *dock = window.main.findChild<QDockWidget *>(QStringLiteral("diagram"));
            QVERIFY(dock->isVisible());
            dock->hide();
            size = window.main.size();
            window.main.close();
        }
        Window again;
        QCOMPARE(again.main.size(), size);
        auto *dock = again.main.findChild<QDockWidget *>(QStringLiteral("diagram"));
        QVERIFY(dock->isHidden());
        again.main.resetLayout();
        QVERIFY(dock->isVisible());
    }

    void aPanelsActionHidesAndShowsIt()
    {
        Window window;
        auto *dock = window.main.findChild<QDockWidget *>(QStringLiteral("diagram"));
        for (QAction *action : window.main.findChildren<QAction *>()) {
            if (action->text() == dock->windowTitle() && action != dock->toggleViewAction()) {
                action->trigger();
                QVERIFY(dock->isHidden());
                QVERIFY(!action->isChecked());
                action->trigger();
                QVERIFY(dock->isVisible());
                QVERIFY(action->isChecked());
                return;
            }
        }
        QFAIL("no action for the panel");
    }

    void thePanesAreAtMostTwelve()
    {
        Window window;
        while (window.main.addPane()) { }
        QCOMPARE(int(window.main.panes().panes().size()), play::Players::MostPlayers);
        for (const QAction *action : window.main.findChildren<QAction *>()) {
            if (action->property(ui::IconName) == QStringLiteral("add-pane"))
                QVERIFY(!action->isEnabled());
        }
    }

    void theThemeIsChosenAndRemembered()
    {
        Window window;
        window.main.findChild<QAction *>(QStringLiteral("theme-dark"))->trigger();
        QTRY_VERIFY(isDark(window.main));
        QVERIFY(isDark(window.pane(0)));
        QCOMPARE(ui::settings::theme(), ui::ThemeChoice::Dark);
        window.main.findChild<QAction *>(QStringLiteral("theme-light"))->trigger();
        QTRY_VERIFY(!isDark(window.main));
    }

    void noKeysMeanTwoThings()
    {
        Window window;
        QSet<QKeySequence> taken;
        for (const QAction *action : window.main.findChildren<QAction *>()) {
            // Those of the panels hold within them only.
            if (action->shortcut().isEmpty() || action->shortcutContext() != Qt::WindowShortcut)
                continue;
            QVERIFY2(!taken.contains(action->shortcut()), qPrintable(action->text()));
            taken.insert(action->shortcut());
        }
        QVERIFY(taken.size() > 20);
    }

    void noLetterOpensAMenuAndDoesSomethingElse_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Vietnamese") << QStringLiteral("vi");
    }
    void noLetterOpensAMenuAndDoesSomethingElse()
    {
        QFETCH(QString, language);
        QTranslator translator;
        if (language != QLatin1String("en")) {
            QVERIFY(translator.load(QStringLiteral(":/i18n/parley_") + language));
            QCoreApplication::installTranslator(&translator);
        }
        Window window;
        QHash<QKeySequence, QString> menus;
        for (const QAction *action : window.main.menuBar()->actions())
            menus.insert(QKeySequence::mnemonic(action->text()), action->text());
        QVERIFY(!menus.contains(QKeySequence()));
        QCOMPARE(menus.size(), window.main.menuBar()->actions().size());
        QSet<QKeySequence> panels;
        for (const QAction *action : window.main.findChildren<QAction *>())
            panels.insert(action->shortcut());
        const auto check = [&](const QString &text) {
            const QKeySequence keys = QKeySequence::mnemonic(text);
            QVERIFY2(!menus.contains(keys), qPrintable(text + u'/' + menus.value(keys)));
            QVERIFY2(keys.isEmpty() || !panels.contains(keys), qPrintable(text));
        };
        for (const auto *button : window.main.findChildren<QAbstractButton *>())
            check(button->text());
        for (const auto *label : window.main.findChildren<QLabel *>()) {
            if (label->buddy())
                check(label->text());
        }
    }

    void whateverNamesAnIconHasOneInThePalettesColour()
    {
        Window window;
        window.theme.choose(ui::ThemeChoice::Light);
        int count = 0;
        const auto check = [&](const auto *object) {
            const QString name = object->property(ui::IconName).toString();
            if (name.isEmpty())
                return;
            ++count;
            QVERIFY2(!object->icon().isNull(), qPrintable(name));
        };
        for (const auto *action : window.main.findChildren<QAction *>())
            check(action);
        for (const auto *button : window.main.findChildren<QAbstractButton *>())
            check(button);
        QVERIFY(count > 20);

        const QImage image =
            ui::icon(QStringLiteral("stop"), QColor(Qt::red)).pixmap(QSize(24, 24), 2.0).toImage();
        QCOMPARE(image.size(), QSize(48, 48));
        int reds = 0;
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 48; ++x)
                reds += image.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
        QVERIFY(reds > 100);
    }

    void theDemoIsLoggedInAsAliceAndBob()
    {
        const TemporaryDatabase database;
        const QTemporaryDir data;
        const TestServer server(
            [&](app::Settings &settings) {
                settings.data = data.path();
                settings.store = database.url();
                const auto prepared = app::prepareDemo(settings);
                QVERIFY2(prepared, why(prepared));
            },
            database.url());
        ui::LaunchOptions options;
        options.isDemo = true;
        options.server = urlOf(server.port());
        Window window(options);
        QVERIFY(window.isOnline(0));
        QVERIFY(window.isOnline(1));
        QCOMPARE(window.find<QLabel>(0, "who")->text(), QStringLiteral("alice (1)"));
        QCOMPARE(window.find<QLabel>(1, "who")->text(), QStringLiteral("bob (2)"));
        auto *text = window.find<QWidget>(0, "message");
        QTest::keyClicks(text, QStringLiteral("hello bob"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(window.hasBubbles(1, 1));
        QVERIFY(window.reaches(0, play::Life::Confirmed));
        // The demo's accounts are nobody's own.
        QCOMPARE(ui::settings::account(QStringLiteral("ClientA")).username, QString());
    }

    void theTraceIsFollowedOrItIsSaidWhyNot()
    {
        const TestServer server([](app::Settings &settings) {
            settings.traceEnabled = true;
            settings.adminToken = "right";
        });
        const auto told = [&](const QByteArray &token, const QString &begin) {
            ui::LaunchOptions options;
            options.traceToken = token;
            options.traceTokenProblem = QStringLiteral("no token");
            options.server = urlOf(server.port());
            Window window(options);
            window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user1")));
            window.click(0, "connect");
            const auto *label = window.main.findChild<QLabel *>(QStringLiteral("trace"));
            return QTest::qWaitFor([&] { return label->text().startsWith(begin); })
                && label->textFormat() == Qt::PlainText;
        };
        QVERIFY(told("right", QStringLiteral("Trace: on")));
        QVERIFY(told("wrong", QStringLiteral("Trace: off (")));
        QVERIFY(told({}, QStringLiteral("Trace: off (no token)")));
    }

    void twoPanesKeepTheirRoomInASmallWindow()
    {
        Window window;
        window.main.resize(1440, 900);
        QVERIFY(QTest::qWaitForWindowExposed(&window.main));
        auto *dock = window.main.findChild<QDockWidget *>(QStringLiteral("diagram"));
        window.main.resizeDocks({dock}, {700}, Qt::Horizontal);
        QTRY_VERIFY(dock->width() > 600);
        window.main.resize(1024, 700);
        QCoreApplication::processEvents();
        const auto right = [&](size_t index) {
            ui::ClientPane &pane = window.pane(index);
            return pane.mapTo(&window.main.panes(), QPoint(pane.width(), 0)).x();
        };
        QVERIFY(right(1) <= window.main.panes().width());
    }

    void whereAPaneConnectedIsRememberedButNoSecret()
    {
        const TestServer server;
        {
            Window window;
            window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user1")));
            window.click(0, "connect");
            QVERIFY(window.isOnline(0));
        }
        Window again;
        const play::Account account = again.pane(0).account();
        QCOMPARE(account.username, QStringLiteral("user1"));
        QCOMPARE(account.server, urlOf(server.port()));
        QCOMPARE(account.password, QString());
        QFile file(QSettings().fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret"));
    }

    void theCommandLineIsRead()
    {
        const auto read = [](const QStringList &rest) {
            return readCommandLine(QStringList(QStringLiteral("parley-client")) + rest);
        };
        QVERIFY(read({})->server.isEmpty());
        QVERIFY(read({QStringLiteral("--demo")})->isDemo);
        QCOMPARE(read({QStringLiteral("--url"), QStringLiteral("wss://example.org")})->server,
            QUrl(QStringLiteral("wss://example.org")));
        QCOMPARE(read({QStringLiteral("--theme"), QStringLiteral("dark")})->theme,
            ui::ThemeChoice::Dark);
        QCOMPARE(read({QStringLiteral("--language"), QStringLiteral("vi")})->language,
            QStringLiteral("vi"));
        QVERIFY(read({QStringLiteral("--help")})->help.contains(QStringLiteral("--demo")));
        QVERIFY(read({QStringLiteral("--version")})
                    ->version.startsWith(QStringLiteral("parley-client ")));
        for (const char *bad : {"--url=http://example.org", "--theme=pink", "--language=xx",
                 "--secret-key-file=/nowhere", "--trace-token-file=/nowhere", "--what", "word"})
            QVERIFY2(!read({QLatin1String(bad)}), bad);
    }

    void theTraceTokenComesFromWhereItIsSaidToBe()
    {
        const QTemporaryDir home;
        const QString named = home.filePath(QStringLiteral("named"));
        const auto write = [](const QString &path, const QByteArray &text) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(named, "from-file\n");
        const QStringList plain{QStringLiteral("parley-client")};
        qputenv("XDG_DATA_HOME", home.path().toUtf8());
        QVERIFY(readCommandLine(plain)->traceToken.isEmpty());
        QVERIFY(!readCommandLine(plain)->traceTokenProblem.isEmpty());
        QVERIFY(QDir(home.path()).mkdir(QStringLiteral("parley")));
        write(ui::defaultTokenFile(), "from-data\n");
        QCOMPARE(readCommandLine(plain)->traceToken, QByteArray("from-data"));
        QVERIFY(readCommandLine(plain)->isTraceTokenFound);
        qputenv("PARLEY_ADMIN_TOKEN", "from-environment");
        QCOMPARE(readCommandLine(plain)->traceToken, QByteArray("from-environment"));
        const QStringList withFile{plain[0], QStringLiteral("--trace-token-file"), named};
        QCOMPARE(readCommandLine(withFile)->traceToken, QByteArray("from-file"));
        QVERIFY(!readCommandLine(withFile)->isTraceTokenFound);
        qunsetenv("PARLEY_ADMIN_TOKEN");
        qunsetenv("XDG_DATA_HOME");
    }

    void ctrlEnterSendsWhatOneIsWriting()
    {
        const TestServer server;
        Window window;
        window.pane(0).setAccount(byPassword(server.port(), QStringLiteral("user1")));
        window.click(0, "connect");
        QVERIFY(window.isOnline(0));
        QTest::keyClicks(window.find<QWidget>(0, "message"), QStringLiteral("a draft"));
        QTest::keyClick(&window.main, Qt::Key_4, Qt::AltModifier);
        auto *raw = window.main.findChild<ui::ComposerPanel *>();
        raw->setDraft({QStringLiteral("{\"cmd\":\"HEARTBEAT\",\"ref\":\"by hand\"}"), false});
        QTRY_VERIFY(raw->hasFocus() || raw->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        const auto &log = window.main.players().log();
        QTRY_COMPARE(log.frame(log.lastNumber())->ref, QByteArray("\"by hand\""));
        QCOMPARE(window.player(0).conversation().rowCount(), 0);
    }

    void aFoundTokenIsForThisMachineOnly()
    {
        ui::LaunchOptions options;
        options.traceToken = "secret";
        options.server = QUrl(QStringLiteral("ws://192.0.2.1:2345"));
        for (const bool isFound : {true, false}) {
            options.isTraceTokenFound = isFound;
            QCOMPARE(ui::MainWindow::tokenOf(options).server == options.server, !isFound);
        }
        options.server = QUrl(QStringLiteral("ws://localhost:9999"));
        options.isTraceTokenFound = true;
        QCOMPARE(ui::MainWindow::tokenOf(options).server, options.server);
    }

    void aServerIsAnAddressAndNothingElse()
    {
        const QString typed = QStringLiteral("ws://u:pw@h.example:1/chat?userId=1&session=s#f");
        QCOMPARE(play::serverUrl(typed), QUrl(QStringLiteral("ws://h.example:1")));
        QCOMPARE(play::serverUrl(QStringLiteral(" h:2 ")), QUrl(QStringLiteral("ws://h:2")));
    }

    void whoIsWrittenToIsWhoIsShown()
    {
        Window window;
        window.main.show();
        auto *choice = window.find<QComboBox>(0, "receiver");
        auto *line = choice->lineEdit();
        play::Account carol = bySecretKey(1, 7, "k");
        window.player(1).setAccount(carol); // "user 7"
        QVERIFY(QTest::qWaitForWindowActive(&window.main));
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("user"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(choice->currentText(), QStringLiteral("user 7"));
        QTRY_COMPARE(window.player(0).watched(), UserId(7));
    }

    void whatComesFromAServerIsNeverTakenForHtml()
    {
        ui::MessageBar bar;
        protocol::Error error;
        error.code = ErrorCode::Internal;
        error.message = "<img src=x><b>bold</b>";
        bar.tell(ui::MessageBar::Kind::Bad, ui::errorInWords(error));
        for (const QLabel *label : bar.findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(bar.text().contains(QStringLiteral("<b>bold</b>")));
        QVERIFY(!ui::plainToolTip(bar.text()).contains(QStringLiteral("<b>")));
        Window window;
        for (const char *name : {"who", "state", "presence"})
            QCOMPARE(window.find<QLabel>(0, name)->textFormat(), Qt::PlainText);
    }
};

QTEST_MAIN(MainTest)
#include "main.moc"
