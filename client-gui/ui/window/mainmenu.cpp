// SPDX-License-Identifier: MIT
#include "ui/window/mainmenu.h"

#include "ui/look/icons.h"
#include "ui/pane/clientpane.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/docks.h"
#include "ui/window/panestrip.h"
#include "ui/window/settings.h"
#include "ui/window/shortcutsdialog.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolBar>

namespace parley::ui {

MainMenu::MainMenu(QMainWindow &window, PaneStrip &panes, const Docks &docks, ThemeSwitch &theme)
    : QObject(&window)
    , m_window(window)
    , m_panes(panes)
    , m_theme(theme)
{
    addFileMenu();
    addEditMenu();
    addViewMenu(docks);
    addClientMenu();
    addHelpMenu();
    addToolBar(docks);
}

void MainMenu::enable(const Possible &possible)
{
    m_addPane->setEnabled(possible.addPane);
    m_removePane->setEnabled(possible.removePane);
    m_clear->setEnabled(possible.clear);
}

QAction *MainMenu::addAction(QMenu *menu, const char *icon, const QString &text,
    const QKeySequence &keys, std::function<void()> act)
{
    QAction *action = menu->addAction(text);
    if (icon)
        withIcon(action, icon);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    return action;
}

QAction *MainMenu::addChoice(
    QMenu *menu, QActionGroup *group, const QString &text, bool isChosen, std::function<void()> act)
{
    QAction *action = addAction(menu, nullptr, text, {}, std::move(act));
    action->setCheckable(true);
    action->setChecked(isChosen);
    group->addAction(action);
    return action;
}

std::function<void()> MainMenu::withPane(void (ClientPane::*act)())
{
    return [this, act] {
        if (ClientPane *pane = m_panes.current())
            (pane->*act)();
    };
}

void MainMenu::addFileMenu()
{
    QMenu *file = m_window.menuBar()->addMenu(tr("&File"));
    m_addPane = addAction(
        file, "add-pane", tr("&New pane"), Qt::CTRL | Qt::Key_N, [this] { Q_EMIT paneWanted(); });
    m_addPane->setIconText(tr("New pane"));
    m_addPane->setToolTip(tr("Adds a client pane (Ctrl+N)"));
    m_removePane = addAction(file, "close", tr("&Remove the last pane"),
        Qt::CTRL | Qt::SHIFT | Qt::Key_N, [this] { Q_EMIT removeWanted(); });
    file->addSeparator();
    QAction *quit =
        addAction(file, nullptr, tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] { m_window.close(); });
    quit->setMenuRole(QAction::QuitRole);
}

void MainMenu::addEditMenu()
{
    QMenu *edit = m_window.menuBar()->addMenu(tr("&Edit"));
    m_clear = addAction(edit, "clear", tr("&Clear everything"), Qt::CTRL | Qt::Key_L,
        [this] { Q_EMIT clearWanted(); });
    m_clear->setIconText(tr("Clear"));
    m_clear->setToolTip(tr("Removes all conversations and frames (Ctrl+L)"));
}

void MainMenu::addViewMenu(const Docks &docks)
{
    QMenu *view = m_window.menuBar()->addMenu(tr("&View"));
    for (QAction *action : docks.actions())
        view->addAction(action);
    view->addSeparator();
    addThemeMenu(view);
    addLanguageMenu(view);
    view->addSeparator();
    addAction(view, "layout", tr("&Reset layout"), {}, [this] { Q_EMIT layoutResetWanted(); });
    addAction(view, nullptr, tr("&Full screen"), Qt::Key_F11,
        [this] { m_window.setWindowState(m_window.windowState() ^ Qt::WindowFullScreen); });
}

void MainMenu::addThemeMenu(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const std::pair<ThemeChoice, QString> choices[] = {{ThemeChoice::System, tr("&System")},
        {ThemeChoice::Light, tr("&Light")}, {ThemeChoice::Dark, tr("&Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action =
            addChoice(menu, group, text, choice == m_theme.choice(), [this, choice = choice] {
                m_theme.choose(choice);
                settings::setTheme(choice);
            });
        action->setObjectName(QStringLiteral("theme-") + nameOf(choice));
    }
}

void MainMenu::addLanguageMenu(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("&Language"));
    auto *group = new QActionGroup(this);
    // Each in itself, so that it is found by whoever reads only that one.
    const std::pair<QString, QString> choices[] = {{QStringLiteral("system"), tr("&System")},
        {QStringLiteral("en"), QStringLiteral("&English")},
        {QStringLiteral("vi"), QStringLiteral("&Tiếng Việt")}};
    for (const auto &[language, text] : choices) {
        addChoice(menu, group, text, language == settings::language(), [this, language = language] {
            settings::setLanguage(language);
            m_window.statusBar()->showMessage(
                tr("The language takes effect at the next start."), 10'000);
        });
    }
}

void MainMenu::addClientMenu()
{
    QMenu *menu = m_window.menuBar()->addMenu(tr("&Client"));
    addAction(menu, "connect", tr("&Connect or disconnect"), Qt::CTRL | Qt::Key_K,
        withPane(&ClientPane::toggleConnection));
    addAction(menu, "settings", tr("Connection &details"), Qt::CTRL | Qt::Key_D, [this] {
        ClientPane *pane = m_panes.current();
        pane->showForm(!pane->isFormShown());
        pane->takeFocus();
    });
    m_connectAll = addAction(menu, "connect", tr("Connect a&ll"), Qt::CTRL | Qt::SHIFT | Qt::Key_K,
        [this] { connectAll(true); });
    m_disconnectAll = addAction(
        menu, "disconnect", tr("Disconnect &everybody"), {}, [this] { connectAll(false); });
    m_connectAll->setIconText(tr("Connect all"));
    m_disconnectAll->setIconText(tr("Disconnect all"));
    menu->addSeparator();
    addAction(menu, "send", tr("&Send"), Qt::CTRL | Qt::Key_Return, withPane(&ClientPane::send));
    addAction(
        menu, "fetch", tr("&FETCH"), Qt::Key_F5, [this] { m_panes.current()->player().fetch(); });
    addAction(menu, "confirm-all", tr("CONFIRM &all"), Qt::CTRL | Qt::SHIFT | Qt::Key_Return,
        [this] { m_panes.current()->player().confirmAll(); });
    addAction(menu, nullptr, tr("A&uto-confirm on or off"), Qt::CTRL | Qt::Key_U, [this] {
        play::Player &player = m_panes.current()->player();
        player.setAutoConfirm(!player.autoConfirm());
    });
    addAction(menu, "heartbeat", tr("&Heartbeat on or off"), Qt::CTRL | Qt::Key_H, [this] {
        play::Player &player = m_panes.current()->player();
        player.setHeartbeat(!player.heartbeat());
    });
    menu->addSeparator();
    addAction(menu, nullptr, tr("Choose &receiver"), Qt::CTRL | Qt::Key_R,
        withPane(&ClientPane::focusReceiver));
    addAction(menu, nullptr, tr("Write a &message"), Qt::CTRL | Qt::Key_M,
        withPane(&ClientPane::focusMessage));
    addAction(menu, nullptr, tr("C&onversation"), Qt::CTRL | Qt::Key_B,
        withPane(&ClientPane::focusConversation));
    menu->addSeparator();
    addPaneMenu(menu);
}

void MainMenu::addPaneMenu(QMenu *menu)
{
    addAction(menu, nullptr, tr("&Next pane"), Qt::Key_F6, [this] { m_panes.cycle(1); });
    addAction(
        menu, nullptr, tr("&Previous pane"), Qt::SHIFT | Qt::Key_F6, [this] { m_panes.cycle(-1); });
    // Not in the menu, which is long enough.
    for (int i = 0; i < 9; ++i) {
        auto *action = new QAction(tr("Pane %1").arg(i + 1), &m_window);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)));
        connect(action, &QAction::triggered, this, [this, i] { m_panes.focusPane(i); });
        m_window.addAction(action);
    }
}

void MainMenu::addHelpMenu()
{
    QMenu *help = m_window.menuBar()->addMenu(tr("&Help"));
    addAction(help, "keyboard", tr("&Keyboard shortcuts"), Qt::Key_F1, [this] { showShortcuts(); });
    help->addSeparator();
    addAction(help, "info", tr("&About Parley"), {}, [this] { showAbout(); });
    addAction(help, nullptr, tr("About &Qt"), {}, [] { QApplication::aboutQt(); });
}

void MainMenu::addToolBar(const Docks &docks)
{
    auto *bar = new QToolBar(tr("Tools"));
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int size = m_window.fontMetrics().height() + 1;
    bar->setIconSize({size, size});
    bar->addAction(m_addPane);
    bar->addAction(m_connectAll);
    bar->addAction(m_disconnectAll);
    bar->addAction(m_clear);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    for (QAction *action : docks.actions())
        bar->addAction(action);
    m_window.addToolBar(bar);
}

void MainMenu::connectAll(bool wanted)
{
    for (ClientPane *pane : m_panes.panes()) {
        const auto state = pane->player().state();
        const bool isOff = state == client::State::Offline || state == client::State::Refused;
        // A pane that a scenario made may be nobody yet.
        if (wanted && isOff && play::whatIsMissing(pane->account()).isEmpty())
            pane->connectToServer();
        else if (!wanted && !isOff)
            pane->player().disconnectFromServer();
    }
}

void MainMenu::showShortcuts()
{
    if (auto *open = m_window.findChild<ShortcutsDialog *>())
        return open->raise();
    auto *dialog = new ShortcutsDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainMenu::showAbout()
{
    auto *dialog = new AboutDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace parley::ui
