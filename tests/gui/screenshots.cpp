// SPDX-License-Identifier: MIT
// Pictures of each view of the workbench, for the documents: scripts/screenshots.sh. Talks to a
// demonstration server that is traced.
#include "ui/faults/faultspanel.h"
#include "ui/inspector/inspectorpanel.h"
#include "ui/load/loadtab.h"
#include "ui/pane/clientpane.h"
#include "ui/scenario/scenariopanel.h"
#include "ui/window/mainwindow.h"
#include "ui/window/panestrip.h"

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace parley;

namespace {

constexpr QSize WindowSize{1440, 900};
constexpr int PatienceMs = 60'000;
constexpr int SamplesMs = 8000; // of a load run, for its charts
constexpr int PaintMs = 400; // what is shown settles: scrolls, meters, charts

class Photographer {
public:
    Photographer(const ui::LaunchOptions &options, QString folder)
        : m_folder(std::move(folder))
        , m_window(options, m_theme)
    {
        m_theme.choose(ui::ThemeChoice::Light);
        m_window.resize(WindowSize);
        m_window.show();
    }

    bool connectBoth()
    {
        return until([this] { return alice().isOnline() && bob().isOnline(); });
    }
    void conversation();
    void offline();
    void inspector();
    void faults();
    void scenarios();
    void load();

private:
    play::Player &alice() { return m_window.panes().panes()[0]->player(); }
    play::Player &bob() { return m_window.panes().panes()[1]->player(); }
    void say(play::Player &from, qint64 to, const char *text)
    {
        from.send(UserId(to), QString::fromUtf8(text));
        QTest::qWait(30);
    }
    template <class Condition> bool until(Condition condition)
    {
        return QTest::qWaitFor(condition, PatienceMs);
    }
    void raise(const QString &dock)
    {
        if (auto *found = m_window.findChild<QDockWidget *>(dock)) {
            found->show();
            found->raise();
        }
    }
    void shoot(const QString &name)
    {
        QTest::qWait(PaintMs);
        const QString path = m_folder + QLatin1Char('/') + name + QStringLiteral(".png");
        if (!m_window.grab().save(path))
            qFatal("%s cannot be written", qPrintable(path));
        std::puts(qPrintable(path));
    }

    const QString m_folder;
    ui::ThemeSwitch m_theme;
    ui::MainWindow m_window;
};

void Photographer::conversation()
{
    say(alice(), 2, "Good morning! Did the build on the staging server go through?");
    say(bob(), 1, "It did: fourteen minutes, all green.");
    say(alice(), 2, "Then I write the release notes.");
    say(bob(), 1, "Xin cảm ơn! Tôi đọc chúng chiều nay.");
    until([this] {
        return alice().unread() == 0 && bob().unread() == 0
            && bob().conversation().lastSent()->life == play::Life::Confirmed;
    });
    shoot(QStringLiteral("workbench-light"));
    m_theme.choose(ui::ThemeChoice::Dark);
    shoot(QStringLiteral("workbench-dark"));
    m_theme.choose(ui::ThemeChoice::Light);
}

void Photographer::offline()
{
    bob().disconnectFromServer();
    until([this] { return bob().state() == client::State::Offline; });
    say(alice(), 2, "You are away; this one waits for you.");
    until([this] { return bob().unread() == 1; });
    bob().setAutoConfirm(false);
    bob().connectToServer();
    until([this] { return bob().isOnline(); });
    shoot(QStringLiteral("offline-fetch"));
    bob().fetch();
    until([this] { return !bob().conversation().unconfirmed().empty(); });
    bob().confirmAll();
    until([this] { return bob().unread() == 0; });
    bob().setAutoConfirm(true);
}

void Photographer::inspector()
{
    raise(QStringLiteral("inspector"));
    auto *panel = m_window.findChild<ui::InspectorPanel *>();
    auto &log = m_window.players().log();
    qint64 number = log.lastNumber();
    while (number > log.firstNumber() && log.frame(number)->cmd != "MESSAGES")
        --number;
    panel->select(number);
    shoot(QStringLiteral("inspector"));
}

void Photographer::faults()
{
    raise(QStringLiteral("faults"));
    auto *panel = m_window.findChild<ui::FaultsPanel *>();
    using play::FaultKind;
    for (const auto kind : {FaultKind::SameClientId, FaultKind::Malformed, FaultKind::Binary}) {
        panel->run(kind);
        until([&] { return panel->outcome(kind).state != play::FaultCheck::State::Running; });
    }
    shoot(QStringLiteral("faults"));
    raise(QStringLiteral("diagram"));
}

void Photographer::scenarios()
{
    raise(QStringLiteral("scenarios"));
    auto *panel = m_window.findChild<ui::ScenarioPanel *>();
    panel->setCurrent(2);
    panel->run();
    until([panel] { return !panel->isRunning(); });
    shoot(QStringLiteral("scenarios"));
}

// The panes are offline since the scenario, so that the load's messages do not flood them.
void Photographer::load()
{
    raise(QStringLiteral("diagram"));
    raise(QStringLiteral("load"));
    auto *tab = m_window.findChild<ui::LoadTab *>();
    tab->start();
    QTest::qWait(SamplesMs);
    shoot(QStringLiteral("load"));
    tab->stop();
    until([tab] { return !tab->isRunning(); });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("parley-screenshots"));
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 4) {
        std::fputs("usage: parley-screenshots URL TOKEN-FILE FOLDER\n", stderr);
        return 2;
    }
    const auto options = ui::readCommandLine({arguments[0], QStringLiteral("--demo"),
        QStringLiteral("--url"), arguments[1], QStringLiteral("--trace-token-file"), arguments[2],
        QStringLiteral("--language"), QStringLiteral("en")});
    if (!options || !QDir().mkpath(arguments[3]))
        return 2;
    Photographer photographer(*options, arguments[3]);
    if (!photographer.connectBoth()) {
        std::fputs("The server does not answer.\n", stderr);
        return 1;
    }
    photographer.conversation();
    photographer.offline();
    photographer.inspector();
    photographer.faults();
    photographer.scenarios();
    photographer.load();
    return 0;
}
