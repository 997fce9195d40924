// SPDX-License-Identifier: MIT
// The real program in a process of its own, which a test may kill.
#pragma once

#include <QProcess>

namespace parley::test {

class Daemon {
public:
    // `program`: parleyd. Ends with this object or with the test's process.
    Daemon(QString program, QString store, QString dataFolder, const QByteArray &secretKey);
    ~Daemon();

    // For the next start: more arguments of `serve`, how many descriptors it may have, and how
    // large it may make a file (0: as the test may).
    void setOptions(const QStringList &options, int descriptors = 0, qint64 fileBytes = 0);
    // Starts it on `port` (0: a free one) and waits for its line; false: it did not come up.
    bool start(quint16 port = 0);
    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    // A number of /proc/PID/status, in bytes: "VmRSS", "VmHWM".
    qint64 memory(const QByteArray &which) const;
    void forgetPeak(); // "VmHWM" begins anew
    int descriptors() const;
    int nextDescriptor() const; // the least number that is not in use
    // For how long its main thread ran, or wanted to.
    qint64 runnableNs() const;
    void kill(); // SIGKILL, and waits for the end
    // SIGTERM; the exit status, or -1 when it did not exit within 15 s.
    int terminate();
    // Before start(): its environment, limits and channels; afterwards its id and state.
    QProcess &process() { return m_process; }
    const QProcess &process() const { return m_process; }
    QByteArray log() { return m_process.readAllStandardError(); }
    // Does `parleyd ARGUMENTS` on the same store; false unless it exits with 0.
    bool administer(const QStringList &arguments, const QByteArray &input = {});

private:
    QStringList common() const;

    const QString m_program;
    const QString m_store;
    const QString m_data;
    QStringList m_options;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace parley::test
