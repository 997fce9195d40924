// SPDX-License-Identifier: MIT
#include "app/logging/log.h"

#include "core/log.h"
#include "core/printable.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <atomic>
#include <sys/stat.h>

namespace parley::app {

namespace {

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        break;
    }
    return "fatal";
}

// What the log says of itself.
QByteArray ownLine(LogFormat format, bool isJournal, const QString &text)
{
    return (isJournal ? priorityPrefix(QtWarningMsg) : QByteArray())
        + logLine(format, SystemClock().now(), QtWarningMsg, lcApp().categoryName(), text) + '\n';
}

std::atomic<Log *> g_log = nullptr; // a message handler is a plain function without a context

// Qt ends the process when the handler returns.
bool isLast(QtMsgType type)
{
    static const bool isWarningLast = qEnvironmentVariableIsSet("QT_FATAL_WARNINGS");
    return type == QtFatalMsg || (isWarningLast && type == QtWarningMsg);
}

} // namespace

Log::Log(LogFormat format, int descriptor)
    : m_before(qInstallMessageHandler(nullptr))
    , m_format(format)
    , m_isJournal(isJournal(descriptor, qgetenv("JOURNAL_STREAM")))
    , m_writer(descriptor, limits::LogQueueBytes, [format, isJournal = m_isJournal](quint64 lines) {
        return ownLine(format, isJournal,
            QStringLiteral("%1 lines were dropped because nobody read the log").arg(lines));
    })
{
    g_log = this;
    qInstallMessageHandler(&Log::handle);
}

Log::~Log()
{
    qInstallMessageHandler(m_before);
    g_log = nullptr;
    for (const auto &[category, lines] : m_rate.takeLeftOut())
        m_writer.add(ownLine(m_format, m_isJournal,
            QStringLiteral("%1 more lines of %2 were left out")
                .arg(lines)
                .arg(QString::fromUtf8(category))));
    m_writer.flush(limits::LogFlushTimeout);
}

Log *Log::current()
{
    return g_log;
}

void Log::addLine(const QByteArray &line)
{
    m_writer.add(line + '\n');
}

void Log::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (Log *log = current())
        log->add(type, context, message);
}

void Log::add(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    LogRate::Verdict verdict{true};
    if (!isLast(type)) {
        const LineKind kind{context.category, context.file, context.line};
        const std::lock_guard lock(m_rateMutex);
        verdict = m_rate.ask(kind, SystemClock().instant());
    }
    if (!verdict.mayCome) {
        ++m_leftOut;
        return;
    }
    const QString more = verdict.leftOut == 0
        ? QString()
        : QStringLiteral(" (%1 more like it were left out)").arg(verdict.leftOut);
    addLine((m_isJournal ? priorityPrefix(type) : QByteArray())
        + logLine(m_format, SystemClock().now(), type, context.category, message + more));
    if (isLast(type))
        m_writer.flush(limits::LogFlushTimeout);
}

void setLogLevel(LogLevel level, const LogLevels &levels)
{
    const auto rule = [](const QString &what, LogLevel of, LogLevel least) {
        return QStringLiteral("%1=%2\n").arg(
            what, QLatin1StringView(of >= least ? "true" : "false"));
    };
    // Debugging is of this program, not of Qt.
    QString rules = rule(QStringLiteral("parley.*.debug"), LogLevel::Debug, level)
        + rule(QStringLiteral("*.info"), LogLevel::Info, level)
        + rule(QStringLiteral("*.warning"), LogLevel::Warning, level);
    for (const auto &[category, least] : levels) {
        const QString name = QStringLiteral("parley.") + category;
        rules += rule(name + QStringLiteral(".debug"), LogLevel::Debug, least)
            + rule(name + QStringLiteral(".info"), LogLevel::Info, least)
            + rule(name + QStringLiteral(".warning"), LogLevel::Warning, least);
    }
    QLoggingCategory::setFilterRules(rules);
}

bool isJournal(int descriptor, const QByteArray &journalStream)
{
    struct stat file { };
    return ::fstat(descriptor, &file) == 0
        && journalStream == QByteArray::number(file.st_dev) + ':' + QByteArray::number(file.st_ino);
}

QByteArray priorityPrefix(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "<7>";
    case QtInfoMsg:
        return "<6>";
    case QtWarningMsg:
        return "<4>";
    case QtCriticalMsg:
        return "<3>";
    case QtFatalMsg:
        break;
    }
    return "<2>";
}

QByteArray logLine(
    LogFormat format, Time time, QtMsgType type, const QByteArray &category, const QString &message)
{
    const QByteArray at =
        QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
    const QByteArray level = levelName(type);
    switch (format) {
    case LogFormat::Logfmt:
        return "time=" + at + " level=" + level + " category=" + category + " message=\""
            + printable(message, Quoting::Json).toUtf8() + '"';
    case LogFormat::Json:
        return "{\"time\":\"" + at + "\",\"level\":\"" + level + "\",\"category\":\"" + category
            + "\",\"message\":\"" + printable(message, Quoting::Json).toUtf8() + "\"}";
    case LogFormat::Text:
        break;
    }
    return at + ' ' + level + ' ' + category + ": " + printable(message).toUtf8();
}

} // namespace parley::app
