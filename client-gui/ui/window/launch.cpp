// SPDX-License-Identifier: MIT
#include "ui/window/launch.h"

#include "core/printable.h"
#include "core/unixsignals.h"
#include "ui/look/icons.h"
#include "ui/window/mainwindow.h"
#include "ui/window/settings.h"
#include "workbench/headless.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLoggingCategory>
#include <QTranslator>

namespace parley::ui {
namespace {

void setNames()
{
    QCoreApplication::setOrganizationName(QStringLiteral("parley"));
    QCoreApplication::setApplicationName(QStringLiteral("parley-client"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PARLEY_VERSION));
}

// What goes to a terminal needs no display.
int print(const LaunchOptions &options)
{
    fputs(qPrintable(options.help.isEmpty() ? options.version : options.help), stdout);
    return 0;
}

bool wantsOnlyText(const QStringList &arguments)
{
    return arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))
        || arguments.contains(QStringLiteral("--version"))
        || arguments.contains(QStringLiteral("-v"));
}

// Then the other options are its own.
bool isHeadless(const QStringList &arguments)
{
    const auto option = std::ranges::find_if(
        arguments, [](const QString &argument) { return argument.startsWith(u'-'); });
    return option != arguments.end() && *option == QLatin1String("--headless");
}

// Without a display Qt ends the program before a word can be said.
bool hasDisplay(const QStringList &arguments)
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM")
        || arguments.contains(QStringLiteral("-platform"));
}

int complain(const Failure &failure)
{
    fprintf(stderr, "parley-client: %s\n", qUtf8Printable(printable(failure.text)));
    return 2;
}

void translate(QApplication &app, const QString &language)
{
    const QLocale locale =
        language == QLatin1String("system") ? QLocale::system() : QLocale(language);
    auto *ours = new QTranslator(&app);
    if (ours->load(locale, QStringLiteral("parley"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(ours);
    auto *qts = new QTranslator(&app);
    if (qts->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qts);
}

int runWindow(QApplication &app, const LaunchOptions &options)
{
    QApplication::setWindowIcon(applicationIcon());
    QGuiApplication::setDesktopFileName(QStringLiteral("parley-client"));
    translate(app, options.language.isEmpty() ? settings::language() : options.language);
    QGuiApplication::setApplicationDisplayName(
        QCoreApplication::translate("parley::ui::MainWindow", "Parley Workbench"));
    // The window says it all.
    QLoggingCategory::setFilterRules(QStringLiteral("parley.client.info=false"));
    ThemeSwitch theme;
    theme.choose(options.theme.value_or(settings::theme()));
    MainWindow window(options, theme);
    window.show();
    return QApplication::exec();
}

} // namespace

int runWorkbench(int argc, char **argv)
{
    UnixSignals::ignoreThoseOfWriting();
    setNames();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    if (isHeadless(arguments)) {
        const QCoreApplication app(argc, argv);
        return workbench::runHeadless(arguments);
    }
    if (wantsOnlyText(arguments)) {
        const QCoreApplication app(argc, argv);
        const auto options = readCommandLine(arguments);
        return options ? print(*options) : complain(options.failure());
    }
    if (!hasDisplay(arguments)) {
        const QCoreApplication app(argc, argv);
        const auto options = readCommandLine(arguments);
        const Failure none{QStringLiteral("there is no display; --headless needs none")};
        return complain(options ? none : options.failure());
    }
    // Takes Qt's own options away.
    QApplication app(argc, argv);
    const auto options = readCommandLine(QCoreApplication::arguments());
    return options ? runWindow(app, *options) : complain(options.failure());
}

} // namespace parley::ui
