// SPDX-License-Identifier: MIT
#include "app/logging/log.h"

#include "core/log.h"
#include "core/printable.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <atomic>

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

std::atomic<Log *> g_log = nullptr; // a message handler is a plain function without a context

// Qt ends the process when the handler returns.
bool isLast(QtMsgType type)
{
    static const bool isWarningLast = qEnvironmentVariableIsSet("QT_FATAL_WARNINGS");
    return type == QtFatalMsg || (isWarningLast && type == QtWarningMsg);
}

// What the log says of itself.
QByteArray ownLine(LogFormat format, const QString &text)
{
    return logLine(format, SystemClock().now(), QtWarningMsg, lcApp().categoryName(), text) + '\n';
}

QByteArray droppedLine(LogFormat format, quint64 lines)
{
    return ownLine(
        format, QStringLiteral("%1 lines were dropped because nobody read the log").arg(lines));
}

} // namespace

Log::Log(LogFormat format, int descriptor)
    : m_before(qInstallMessageHandler(nullptr))
    , m_format(format)
    , m_writer(descriptor, limits::LogQueueBytes,
          [format](quint64 lines) { return droppedLine(format, lines); })
{
    g_log = this;
    qInstallMessageHandler(&Log::handle);
}

Log::~Log()
{
    qInstallMessageHandler(m_before);
    g_log = nullptr;
    for (const auto &[category, lines] : m_rate.takeLeftOut())
        m_writer.add(ownLine(m_format,
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
    if (!verdict.mayCome)
        return;
    const QString more = verdict.leftOut == 0
        ? QString()
        : QStringLiteral(" (%1 more like it were left out)").arg(verdict.leftOut);
    addLine(logLine(m_format, SystemClock().now(), type, context.category, message + more));
    if (isLast(type))
        m_writer.flush(limits::LogFlushTimeout);
}

void setLogLevel(LogLevel level)
{
    const auto rule = [&](const char *what, LogLevel of) {
        return QStringLiteral("%1=%2\n").arg(
            QLatin1StringView(what), QLatin1StringView(of >= level ? "true" : "false"));
    };
    // Debugging is of this program, not of Qt.
    QLoggingCategory::setFilterRules(rule("parley.*.debug", LogLevel::Debug)
        + rule("*.info", LogLevel::Info) + rule("*.warning", LogLevel::Warning));
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
