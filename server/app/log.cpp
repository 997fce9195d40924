// SPDX-License-Identifier: MIT
#include "app/log.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <cerrno>
#include <unistd.h>

namespace parley::app {

namespace {

LogFormat g_format = LogFormat::Text; // a message handler is a plain function without a context

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

// As JSON has it, which is also a way to keep a line one line and a terminal unharmed.
QByteArray escaped(const QString &text, bool isQuoted)
{
    QString result;
    result.reserve(text.size() + 2);
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (code == u'\n')
            result += QStringLiteral("\\n");
        else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029)
            result += QStringLiteral("\\u%1").arg(code, 4, 16, QLatin1Char('0'));
        else if (isQuoted && (code == u'"' || code == u'\\'))
            result += QLatin1Char('\\') + c;
        else
            result += c;
    }
    return result.toUtf8();
}

void writeAll(QByteArrayView line)
{
    while (!line.isEmpty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), size_t(line.size()));
        if (written < 0 && errno != EINTR)
            return; // nobody reads it
        line = line.sliced(qMax<ssize_t>(written, 0));
    }
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writeAll(logLine(g_format, SystemClock().now(), type, context.category, message) + '\n');
}

} // namespace

void installLog(LogFormat format)
{
    g_format = format;
    qInstallMessageHandler(handle);
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
            + escaped(message, true) + '"';
    case LogFormat::Json:
        return "{\"time\":\"" + at + "\",\"level\":\"" + level + "\",\"category\":\"" + category
            + "\",\"message\":\"" + escaped(message, true) + "\"}";
    case LogFormat::Text:
        break;
    }
    return at + ' ' + level + ' ' + category + ": " + escaped(message, false);
}

} // namespace parley::app
