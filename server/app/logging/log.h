// SPDX-License-Identifier: MIT
// The log: Qt's messages on standard error, one line for each. It never holds up who logs: what
// nobody reads is dropped, and what one place says too often is left out; both are counted.
#pragma once

#include "app/logging/form.h"
#include "app/logging/linewriter.h"
#include "app/logging/lograte.h"
#include "core/clock.h"

#include <atomic>
#include <mutex>

class QMessageLogContext;

namespace parley::app {

// While it lives, everything that is logged goes to the descriptor in this form. One at a time.
class Log {
public:
    explicit Log(LogFormat, int descriptor);
    // Waits limits::LogFlushTimeout at most for what is still to be written.
    ~Log();
    Q_DISABLE_COPY_MOVE(Log)

    // A whole line for a person, behind what was logged before.
    void addLine(const QByteArray &line);

    // How many lines were dropped because nobody read them, and left out because their kind came
    // too often, so far. Any thread.
    quint64 dropped() const { return m_writer.dropped(); }
    quint64 leftOut() const { return m_leftOut; }

    // The one that lives, if any.
    static Log *current();

private:
    static void handle(QtMsgType, const QMessageLogContext &, const QString &);
    void add(QtMsgType, const QMessageLogContext &, const QString &);

    const QtMessageHandler m_before;
    const LogFormat m_format;
    const bool m_isJournal;
    std::mutex m_rateMutex;
    LogRate m_rate;
    std::atomic<quint64> m_leftOut = 0;
    LineWriter m_writer;
};

// What is less grave than this is no longer logged; some categories have a level of their own. May
// be called at any time, on any thread.
void setLogLevel(LogLevel, const LogLevels & = {});

// Whether systemd's journal reads what is written there: then each line begins with its priority.
bool isJournal(int descriptor, const QByteArray &journalStream);
// "<6>", which the journal takes for the line's priority and takes away.
QByteArray priorityPrefix(QtMsgType);

// One line, without its end, printable whatever the message holds.
QByteArray logLine(LogFormat, Time, QtMsgType, const QByteArray &category, const QString &message);

} // namespace parley::app
