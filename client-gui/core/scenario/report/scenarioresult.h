// SPDX-License-Identifier: MIT
// What is shown of a scenario that ran.
#pragma once

#include "frames/framelog.h"
#include "scenario/format/scenario.h"
#include "scenario/run/verdict.h"

namespace parley::scenario {

struct ScenarioResult {
    Scenario scenario;
    Verdict verdict;
    std::vector<frames::Frame> frames; // all that were in the log
    QStringList panes; // their names
    QByteArray diagram; // SVG; empty: none was drawn
    QString diagramNote; // what is not in it
    QStringList findings; // of the auditor
    QByteArray serverLog;
    QString server; // what it was: its version, or its address
    QString store; // "SQLite"; empty: not known
};

// How long, for people: "12 ms", "3.4 s".
QString durationText(qint64 us);

// JUnit's XML: a suite for each scenario, a case for each step, so that a viewer names the step
// that failed; those after it are skipped.
QByteArray toJUnit(const std::vector<ScenarioResult> &);

// One HTML file that needs nothing else and no network. Everything from the wire is text in it, and
// no session is, whatever a frame or a log may hold.
QByteArray toHtml(const std::vector<ScenarioResult> &);

// Without sessions, and without what XML cannot hold.
QString presentable(const QString &);

} // namespace parley::scenario
