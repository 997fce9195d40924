// SPDX-License-Identifier: MIT
#pragma once

#include "client/traceclient.h"
#include "scenario/run/runner.h"
#include "scenario/run/serverprocess.h"

namespace parley::scenario {

// Where the server of a run comes from.
struct ServerChoice {
    QString parleyd; // the program, for a server of its own
    QString store = {}; // that this uses; empty: SQLite of its own
    // A server that runs already; then none of the above counts.
    QUrl url = {};
    QByteArray secretKey = {};
};

// parleyd beside this program.
QString defaultParleyd();

// A scenario with everything around it: a server of its own for as long as it takes, whose trace is
// told to the players, unless one is given. On a store that others use, too, each run makes users
// that nobody had before, so that any number of runs may run on it. On a given server users are
// taken as they are there, and their mailboxes should be empty. UI thread.
class ScenarioRun : public QObject {
    Q_OBJECT

public:
    ScenarioRun(play::Players &, ServerChoice, QObject *parent = nullptr);
    ~ScenarioRun() override;

    Runner &runner() { return m_runner; }
    void start(const Scenario &);
    void stop();

    // Of the run at hand or the last one; null: the server was given.
    const ServerProcess *process() const { return m_process.get(); }
    const ServerChoice &choice() const { return m_choice; }

Q_SIGNALS:
    // Whether the players are told the steps of a server of its own: from before the scenario
    // begins, but for a moment when the server was killed.
    void traceChanged(bool isTraced);
    // Its server has ended, too.
    void finished(const parley::scenario::Verdict &);

private:
    void startProcess();
    void followTrace();
    void runOnProcess();
    void processHasEnded();
    void endProcess(const Verdict &);
    void fail(Verdict::Status, const QString &why);

    play::Players &m_players;
    const ServerChoice m_choice;
    Runner m_runner;
    client::TraceClient m_trace;
    Scenario m_scenario;
    QMap<QString, KnownUser> m_users;
    std::unique_ptr<ServerProcess> m_process;
    std::optional<Verdict> m_verdict; // while the server ends
    QTimer m_patience;
    bool m_isStarting = false; // the server, and who watches its trace
};

} // namespace parley::scenario
